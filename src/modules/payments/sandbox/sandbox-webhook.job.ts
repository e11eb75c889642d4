import type { Clock } from '../../../kernel/clock.js'
import type { Transaction } from '../../../platform/database/transaction.js'
import type { JobContext } from '../../../platform/jobs/job-handler.js'
import { enqueue } from '../../../platform/jobs/job-queue.js'
import { paymentJobs } from '../payments.jobs.js'
import type { SandboxDelivery } from './sandbox-delivery.js'
import type { SandboxEvent } from './sandbox-event.js'
import { signSandboxWebhook } from './sandbox-signature.js'

const ANSWER_MS = 10_000

interface SandboxWebhook {
  readonly clock: Clock
  readonly key: Uint8Array
  /** Where this very process listens. The public URL may lead through a proxy that cannot be reached from inside. */
  readonly webhookBase: () => string
}

interface SandboxSending {
  readonly event: SandboxEvent
  /** From 1. */
  readonly copy: number
  readonly failures?: number
}

/** Has an event sent once the transaction commits: a job for each copy. */
export async function sendSandboxEvent(
  tx: Transaction,
  event: SandboxEvent,
  { copies, delay, failures }: SandboxDelivery,
): Promise<void> {
  // The queue's clock is the database's, not ours.
  const when = delay > 0 ? { runAt: new Date(Date.now() + delay * 1_000) } : {}
  for (let copy = 1; copy <= copies; copy++)
    await enqueue(tx, paymentJobs.sandboxWebhook, { event, copy, failures } satisfies SandboxSending, when)
}

/** Sends one copy of a webhook over HTTP, signed when it is sent. Anything but a success is tried again, a try that was told to fail like any other. */
export const sandboxWebhookJob =
  ({ clock, key, webhookBase }: SandboxWebhook) =>
  async (
    { event, failures = 0 }: SandboxSending,
    { attempt, signal }: Pick<JobContext, 'attempt' | 'signal'>,
  ): Promise<void> => {
    if (attempt <= failures) throw new Error(`try ${attempt} of ${failures} that the sandbox was told to fail`)
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
