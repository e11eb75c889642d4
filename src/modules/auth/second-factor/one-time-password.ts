import { generateSecret, generateURI, verify } from 'otplib'

const STEP_SECONDS = 30
const ISSUER = 'AdTime'

/** 160 random bits in base32, as authenticator apps take them. */
export const newTotpSecret = (): string => generateSecret()

/** What a QR code carries to an authenticator app. SHA-1, 6 digits and 30 seconds go without saying: some apps know nothing else. */
export const otpauthUrl = (secret: string, label: string): string => generateURI({ issuer: ISSUER, label, secret })

/** Whether it could be the code of an authenticator app at all. */
export const isOneTimePassword = (code: string): boolean => /^\d{6}$/.test(code)

/**
 * The time step whose code this is: that of `now`, the one before or the one after.
 * @param lastStep the last that was taken; none at or before it counts
 * @returns null when it is the code of none of them
 */
export async function matchingStep(
  secret: string,
  code: string,
  now: Date,
  lastStep: number | null,
): Promise<number | null> {
  if (!isOneTimePassword(code)) return null
  const epoch = Math.floor(now.getTime() / 1_000)
  const step = Math.floor(epoch / STEP_SECONDS)
  // After the clock was set back; the library throws for it.
  if (lastStep !== null && lastStep > step) return null
  const afterTimeStep = lastStep === null ? {} : { afterTimeStep: lastStep }
  const result = await verify({ secret, token: code, epoch, epochTolerance: STEP_SECONDS, ...afterTimeStep })
  return result.valid ? step + result.delta : null
}
