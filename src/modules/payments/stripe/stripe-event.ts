import { z } from 'zod'
import type { ProviderEvent } from '../payment-provider.js'

const name = z.string().min(1).max(200)

/** What any event has, also one of a kind that nobody here knows. Ids go into addresses, so nothing that means something there. */
const eventSchema = z.object({
  id: z.string().regex(/^\w{1,200}$/),
  object: z.literal('event'),
  type: name,
  data: z.object({ object: z.looseObject({ id: z.string().optional() }) }),
})

const SUBJECTS: Readonly<Record<string, 'payment' | 'refund'>> = {
  'checkout.session.completed': 'payment',
  'checkout.session.async_payment_succeeded': 'payment',
  'checkout.session.async_payment_failed': 'payment',
  'checkout.session.expired': 'payment',
  'payment_intent.amount_capturable_updated': 'payment',
  'payment_intent.succeeded': 'payment',
  'payment_intent.canceled': 'payment',
  'payment_intent.payment_failed': 'payment',
  'refund.created': 'refund',
  'refund.updated': 'refund',
  'refund.failed': 'refund',
}

const SUBJECT_ID = /^(cs|pi|re|pyr)_\w{1,200}$/

/** @returns null for what is no event of Stripe's */
export function eventFrom(body: unknown): ProviderEvent | null {
  const event = eventSchema.safeParse(body)
  if (!event.success) return null
  const { id, type, data } = event.data
  const kind = SUBJECTS[type]
  const about = data.object.id ?? ''
  return { id, type, subject: kind && SUBJECT_ID.test(about) ? { kind, id: about } : null }
}
