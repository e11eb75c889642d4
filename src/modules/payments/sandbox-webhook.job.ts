import type { Clock } from '../../kernel/clock.js'
import type { JobContext } from '../../platform/jobs/job-handler.js'
import type { SandboxEvent } from './sandbox-event.js'
import { signSandboxWebhook } from './sandbox-signature.js'

const ANSWER_MS = 10_000

interface SandboxWebhook {
  readonly clock: Clock
  readonly key: Uint8Array
  /** Where this very process listens. The public URL may lead through a proxy that cannot be reached from inside. */
  readonly webhookBase: () => string
}

/** Sends one copy of a webhook over HTTP, signed when it is sent. Anything but a success is tried again. */
export const sandboxWebhookJob =
  ({ clock, key, webhookBase }: SandboxWebhook) =>
  async ({ event }: { readonly event: SandboxEvent }, { signal }: Pick<JobContext, 'signal'>): Promise<void> => {
    const rawBody = Buffer.from(JSON.stringify(event))
    const response = await fetch(`${webhookBase()}/webhooks/payments/sandbox`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...signSandboxWebhook(key, rawBody, clock.now()) },
      body: rawBody,
      signal: AbortSignal.any([signal, AbortSignal.timeout(ANSWER_MS)]),
    })
    await response.arrayBuffer()
    if (!response.ok) throw new Error(`the webhook was answered with ${response.status}`)
  }
