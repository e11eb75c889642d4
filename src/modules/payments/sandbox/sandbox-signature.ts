import { createHmac, timingSafeEqual } from 'node:crypto'

export const TIMESTAMP_HEADER = 'adtime-sandbox-timestamp'
export const SIGNATURE_HEADER = 'adtime-sandbox-signature'

const TOLERANCE_SECONDS = 300

const mac = (key: Uint8Array, timestamp: string, rawBody: Buffer): Buffer =>
  createHmac('sha256', key).update(timestamp).update('.').update(rawBody).digest()

/** The headers that prove a webhook of the sandbox: HMAC-SHA256 over `timestamp.rawBody`. */
export function signSandboxWebhook(key: Uint8Array, rawBody: Buffer, now: Date): Record<string, string> {
  const timestamp = String(Math.floor(now.getTime() / 1000))
  return { [TIMESTAMP_HEADER]: timestamp, [SIGNATURE_HEADER]: `v1=${mac(key, timestamp, rawBody).toString('hex')}` }
}

export interface SignedWebhook {
  readonly timestamp: string
  readonly signature: string
  readonly rawBody: Buffer
}

/** Whether the signature is ours and at most five minutes old, or ahead of our clock. */
export function isSandboxWebhook(
  key: Uint8Array,
  { timestamp, signature, rawBody }: SignedWebhook,
  now: Date,
): boolean {
  if (!/^\d{1,12}$/.test(timestamp)) return false
  if (Math.abs(now.getTime() / 1000 - Number(timestamp)) > TOLERANCE_SECONDS) return false
  const given = /^v1=([0-9a-f]{64})$/.exec(signature)?.[1]
  return given !== undefined && timingSafeEqual(Buffer.from(given, 'hex'), mac(key, timestamp, rawBody))
}
