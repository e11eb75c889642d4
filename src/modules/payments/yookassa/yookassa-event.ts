import { z } from 'zod'
import type { ProviderEvent } from '../payment-provider.js'
import { idSchema } from './yookassa-answer.js'

const notificationSchema = z.object({
  type: z.literal('notification'),
  event: z.string().min(1).max(100),
  object: z.object({ id: idSchema }),
})

const SUBJECTS: Readonly<Record<string, 'payment' | 'refund'>> = {
  'payment.waiting_for_capture': 'payment',
  'payment.succeeded': 'payment',
  'payment.canceled': 'payment',
  'refund.succeeded': 'refund',
}

/** A notification has no id of its own: what happened to which object stands for one. @returns null for anything else */
export function eventFrom(body: unknown): ProviderEvent | null {
  const notification = notificationSchema.safeParse(body)
  if (!notification.success) return null
  const { event, object } = notification.data
  const kind = SUBJECTS[event]
  return { id: `${event}:${object.id}`, type: event, subject: kind ? { kind, id: object.id } : null }
}
