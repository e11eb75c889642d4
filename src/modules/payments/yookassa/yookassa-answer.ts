import { z } from 'zod'
import { amountSchema } from './yookassa-amount.js'

/** Ids go into addresses, so nothing that means something there. */
export const idSchema = z.string().regex(/^[\w-]{1,64}$/)

const cancellation = z.object({ reason: z.string() }).nullish().catch(null)

/** A payment, as far as we read it. A status that we do not know is no answer. */
export const paymentSchema = z.object({
  id: idSchema,
  status: z.enum(['pending', 'waiting_for_capture', 'succeeded', 'canceled']),
  amount: amountSchema,
  expires_at: z.coerce.date().nullish(),
  confirmation: z.object({ confirmation_url: z.url({ protocol: /^https?$/ }).nullish() }).nullish(),
  cancellation_details: cancellation,
  payment_method: z.object({ id: idSchema, saved: z.boolean() }).nullish().catch(null),
  metadata: z.record(z.string(), z.unknown()).nullish().catch(null),
})
export type YooKassaPayment = z.infer<typeof paymentSchema>

export const refundSchema = z.object({
  id: idSchema,
  status: z.enum(['pending', 'succeeded', 'canceled']),
  amount: amountSchema,
  created_at: z.coerce.date(),
})
export type YooKassaRefund = z.infer<typeof refundSchema>

const listOf = <Item extends z.ZodType>(item: Item) =>
  z.object({ items: z.array(item), next_cursor: z.string().nullish() })

export const paymentsSchema = listOf(paymentSchema)
export const refundsSchema = listOf(refundSchema)
