import { z } from 'zod'
import { type Amount, minorUnits } from './yookassa-objects.js'
import { invalid } from './yookassa-problem.js'

// Strict, so that an adapter that sends what YooKassa does not know is found out.
const amount = z.strictObject({ value: z.string().regex(/^\d+\.\d{2}$/), currency: z.enum(['RUB']) })

const receipt = z.strictObject({
  customer: z
    .strictObject({
      email: z.email().optional(),
      phone: z
        .string()
        .regex(/^\d{10,15}$/)
        .optional(),
    })
    .refine(({ email, phone }) => email !== undefined || phone !== undefined),
  items: z
    .array(
      z.strictObject({
        description: z.string().min(1).max(128),
        quantity: z.number().positive(),
        amount,
        vat_code: z.int().min(1).max(12),
        payment_mode: z.enum(['full_payment', 'full_prepayment', 'advance']),
        payment_subject: z.enum(['commodity', 'service', 'payment']),
      }),
    )
    .min(1)
    .max(100),
})

const payment = z.strictObject({
  amount,
  capture: z.boolean().default(false),
  description: z.string().max(128).optional(),
  metadata: z.record(z.string().max(32), z.string().max(512)).default({}),
  confirmation: z.strictObject({ type: z.literal('redirect'), return_url: z.url().max(2048) }).optional(),
  payment_method_id: z.string().optional(),
  save_payment_method: z.boolean().default(false),
  receipt: receipt.optional(),
})
export type PaymentRequest = z.infer<typeof payment>

const capture = z.strictObject({ amount: amount.optional(), receipt: receipt.optional() })

const refund = z.strictObject({
  payment_id: z.string().length(36),
  amount,
  description: z.string().max(250).optional(),
  receipt: receipt.optional(),
})
export type RefundRequest = z.infer<typeof refund>

function read<Shape extends z.ZodType>(shape: Shape, body: unknown): z.infer<Shape> {
  const read = shape.safeParse(body)
  if (read.success) return read.data
  const [issue] = read.error.issues
  throw invalid(issue?.message ?? 'Invalid request', issue?.path.join('.'))
}

function checkReceipt(given: z.infer<typeof receipt> | undefined, whole: Amount): void {
  if (!given) return
  const sum = given.items.reduce((total, item) => total + minorUnits(item.amount) * item.quantity, 0)
  if (sum !== minorUnits(whole)) throw invalid('Receipt items must sum to the amount', 'receipt.items')
}

export function readPayment(body: unknown): PaymentRequest {
  const request = read(payment, body)
  if (minorUnits(request.amount) === 0) throw invalid('Amount must be over zero', 'amount.value')
  if ((request.confirmation === undefined) === (request.payment_method_id === undefined))
    throw invalid('Either confirmation or payment_method_id is needed', 'confirmation')
  checkReceipt(request.receipt, request.amount)
  return request
}

export const readCapture = (body: unknown) => read(capture, body)

export function readRefund(body: unknown): RefundRequest {
  const request = read(refund, body)
  checkReceipt(request.receipt, request.amount)
  return request
}
