import { z } from 'zod'

const name = z.string().min(1).max(200)

/** What any event has, also one of a kind that nobody here knows. */
export const sandboxEnvelopeSchema = z.object({ id: name, type: name })

export const sandboxEventSchema = z.object({
  id: name,
  type: z.enum(['payment.pending', 'payment.succeeded', 'payment.canceled']),
  createdAt: z.string(),
  object: z.object({ type: z.literal('payment'), id: z.uuid(), status: z.string() }),
})

/** What the sandbox sends to its webhook. */
export type SandboxEvent = z.infer<typeof sandboxEventSchema>
