import { createHmac, randomBytes } from 'node:crypto'

const MARK = 'whsec_'

/** A signing secret as Standard Webhooks writes it: 32 random bytes. */
export const newWebhookSecret = (): string => MARK + randomBytes(32).toString('base64')

interface SignedCall {
  readonly id: string
  readonly body: string
  readonly now: Date
}

/** The headers of Standard Webhooks: one signature for each secret, so that whoever knows one of them can verify. */
export function signedHeaders({ id, body, now }: SignedCall, secrets: readonly string[]): Record<string, string> {
  const timestamp = Math.floor(now.getTime() / 1_000)
  const signatures = secrets.map((secret) => {
    const key = Buffer.from(secret.slice(MARK.length), 'base64')
    return `v1,${createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64')}`
  })
  return {
    'webhook-id': id,
    'webhook-timestamp': String(timestamp),
    'webhook-signature': signatures.join(' '),
  }
}
