import { generate } from 'otplib'
import type { Role } from '../../../src/generated/prisma/enums.js'
import type { Clock } from '../../../src/kernel/clock.js'
import { newSecret, secretHash } from '../../../src/platform/secrets/one-time-secret.js'
import { TestClient } from '../../testkit/client.js'
import type { TestServer } from '../../testkit/server.js'
import { LOGIN, PASSWORD, type Payload } from './operations.js'
import { newAddress, registerSomebody } from './people.js'

const STEP_MS = 30_000

export interface Enrolled {
  readonly secret: string
  readonly otpauthUrl: string
  readonly qrCode: string
}

export const ENROLL = 'mutation Enroll { enrollTwoFactor { secret otpauthUrl qrCode } }'
export const CONFIRM = 'mutation Confirm($code: String!) { confirmTwoFactor(code: $code) }'
export const DISABLE = 'mutation Disable($code: String!) { disableTwoFactor(code: $code) { id twoFactorEnabled } }'
export const COMPLETE = `mutation Complete($challenge: String!, $code: String!) {
  completeTwoFactorLogin(challenge: $challenge, code: $code) {
    user { id twoFactorEnabled } token { accessToken refreshToken } requires2fa challenge
  }
}`
export const TWO_FACTOR = 'query TwoFactor { me { role twoFactorEnabled } }'

/** Stands still, in the middle of a code's thirty seconds, until it is moved. */
export class StandingClock implements Clock {
  private at = Math.floor(Date.now() / STEP_MS) * STEP_MS + STEP_MS / 2

  now(): Date {
    return new Date(this.at)
  }

  pass(milliseconds: number): void {
    this.at += milliseconds
  }

  /** To where no code that was ever valid is any more. */
  passCodes(): void {
    this.pass(3 * STEP_MS)
  }
}

/** Somebody with an authenticator app. */
export interface Holder {
  readonly id: string
  readonly email: string
  readonly client: TestClient
  readonly secret: string
  readonly recoveryCodes: readonly string[]
  /** What the app shows now, or so many steps later. */
  code(stepsLater?: number): Promise<string>
}

/** What an authenticator app shows. */
export const codeOf = (secret: string, clock: Clock, stepsLater = 0): Promise<string> =>
  generate({ secret, epoch: Math.floor((clock.now().getTime() + stepsLater * STEP_MS) / 1_000) })

/** A code that the app shows neither now nor at the steps around. */
export async function wrongCode(secret: string, clock: Clock): Promise<string> {
  const right = await Promise.all([-1, 0, 1].map((step) => codeOf(secret, clock, step)))
  return ['000000', '111111', '222222', '333333'].find((code) => !right.includes(code)) ?? ''
}

/** Somebody new with a confirmed second factor; the code of the present is used up by it, later ones are not. */
export async function openHolder(server: TestServer, clock: StandingClock, role: Role = 'USER'): Promise<Holder> {
  const email = newAddress()
  const { user, token } = await registerSomebody(server, email)
  const client = new TestClient(server, token.accessToken)
  const { enrollTwoFactor } = await client.get<{ enrollTwoFactor: Enrolled }>(ENROLL)
  const { secret } = enrollTwoFactor
  const code = (stepsLater = 0) => codeOf(secret, clock, stepsLater)
  const { confirmTwoFactor } = await client.get<{ confirmTwoFactor: string[] }>(CONFIRM, { code: await code() })
  if (role !== 'USER') await server.platform.database.prisma.user.update({ where: { id: user.id }, data: { role } })
  return { id: user.id, email, client, secret, recoveryCodes: confirmTwoFactor, code }
}

/** Gives the first factor. @returns the challenge */
export async function challengeOf(server: TestServer, email: string): Promise<string> {
  const visitor = new TestClient(server)
  const { login } = await visitor.get<{ login: Payload }>(LOGIN, { input: { email, password: PASSWORD } })
  return login.challenge ?? ''
}

/** So many sign-ins at once that wait for their second factor: more than the limit of logins allows. */
export async function openChallenges(
  { platform }: TestServer,
  userId: string,
  count: number,
  clock: Clock,
): Promise<string[]> {
  const challenges = Array.from({ length: count }, newSecret)
  const createdAt = clock.now()
  const expiresAt = new Date(createdAt.getTime() + 300_000)
  await platform.database.prisma.signInChallenge.createMany({
    data: challenges.map((one) => ({ tokenHash: secretHash(one), userId, createdAt, expiresAt })),
  })
  return challenges
}

/** The answer to a challenge, from an address of its own. */
export const complete = (server: TestServer, challenge: string, code: string) =>
  new TestClient(server).ask<{ completeTwoFactorLogin: Payload }>(COMPLETE, { challenge, code })
