import { z } from 'zod'
import { invalid } from './stripe-problem.js'

const whole = z
  .string()
  .regex(/^-?\d+$/)
  .transform(Number)
const flag = z.enum(['true', 'false']).transform((text) => text === 'true')
const metadata = z.record(z.string().max(40), z.string().max(500)).default({})
const expand = z.array(z.string()).default([])
const currency = z.enum(['usd', 'eur', 'rub'])
const captureMethod = z.enum(['automatic', 'automatic_async', 'manual']).default('automatic_async')
const limit = whole.pipe(z.number().min(1).max(100)).default(10)

// Like Stripe, a shape refuses every parameter that it does not know.
export const requestShapes = {
  session: z.strictObject({
    mode: z.literal('payment'),
    client_reference_id: z.string().max(200).optional(),
    customer_creation: z.enum(['always', 'if_required']).default('if_required'),
    adaptive_pricing: z.strictObject({ enabled: flag }).optional(),
    line_items: z
      .array(
        z.strictObject({
          quantity: whole.pipe(z.number().min(1)),
          price_data: z.strictObject({
            currency,
            unit_amount: whole,
            product_data: z.strictObject({ name: z.string().min(1).max(250) }),
          }),
        }),
      )
      .min(1)
      .max(100),
    payment_intent_data: z
      .strictObject({
        capture_method: captureMethod,
        description: z.string().max(1_000).optional(),
        metadata,
        setup_future_usage: z.enum(['off_session', 'on_session']).optional(),
      })
      .default({ capture_method: 'automatic_async', metadata: {} }),
    success_url: z.url(),
    cancel_url: z.url().optional(),
    expires_at: whole.optional(),
    metadata,
    expand,
  }),
  intent: z.strictObject({
    amount: whole,
    currency,
    customer: z.string(),
    payment_method: z.string(),
    off_session: flag,
    confirm: flag,
    return_url: z.url(),
    capture_method: captureMethod,
    description: z.string().max(1_000).optional(),
    metadata,
    expand,
  }),
  capture: z.strictObject({ amount_to_capture: whole.optional(), expand }),
  refund: z.strictObject({
    payment_intent: z.string(),
    amount: whole.optional(),
    reason: z.enum(['duplicate', 'fraudulent', 'requested_by_customer']).optional(),
    metadata,
    expand,
  }),
  none: z.strictObject({ expand }),
  sessionList: z.strictObject({
    payment_intent: z.string().optional(),
    created: z.strictObject({ gte: whole, lte: whole }).optional(),
    limit,
    starting_after: z.string().optional(),
    expand,
  }),
  intentList: z.strictObject({
    customer: z.string(),
    created: z.strictObject({ gte: whole }).default({ gte: 0 }),
    limit,
    starting_after: z.string().optional(),
    expand,
  }),
  refundList: z.strictObject({ payment_intent: z.string(), limit, starting_after: z.string().optional(), expand }),
}

export type SessionRequest = z.infer<typeof requestShapes.session>
export type IntentRequest = z.infer<typeof requestShapes.intent>
export type RefundRequest = z.infer<typeof requestShapes.refund>

/** @throws StripeProblem that names the first wrong parameter */
export function shaped<Shape extends z.ZodType>(shape: Shape, fields: unknown): z.output<Shape> {
  const parsed = shape.safeParse(fields)
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  const unknown = issue?.code === 'unrecognized_keys' ? issue.keys[0] : undefined
  const [first, ...rest] = [...(issue?.path ?? []), ...(unknown === undefined ? [] : [unknown])]
  const param = [String(first), ...rest.map((name) => `[${String(name)}]`)].join('')
  throw unknown === undefined
    ? invalid(`Invalid ${param}: ${issue?.message}`, { param })
    : invalid(`Received unknown parameter: ${param}`, { code: 'parameter_unknown', param })
}
