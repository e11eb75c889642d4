import { z } from 'zod'
import type { Prisma } from '../../generated/prisma/client.js'
import { Currency } from '../../generated/prisma/enums.js'
import type { Receipt } from './receipt.js'

const storedSchema = z.object({
  customer: z.object({ email: z.string().nullable(), phone: z.string().nullable() }),
  items: z.array(
    z.object({
      description: z.string(),
      quantity: z.int().positive(),
      unitAmount: z.object({ amount: z.string().transform(BigInt), currency: z.enum(Currency) }),
      subject: z.enum(['commodity', 'service', 'payment']),
      mode: z.enum(['full_payment', 'advance']).optional(),
    }),
  ),
})

/** As a JSON column keeps it: amounts are text there, which no reader rounds. */
export const storedReceipt = ({ customer, items }: Receipt): Prisma.InputJsonObject => ({
  customer: { email: customer.email, phone: customer.phone },
  items: items.map(({ description, quantity, unitAmount, subject, mode }) => ({
    description,
    quantity,
    unitAmount: { amount: unitAmount.amount.toString(), currency: unitAmount.currency },
    subject,
    ...(mode && { mode }),
  })),
})

/** @throws Error when the column holds anything else than `storedReceipt` made */
export const receiptFrom = (stored: Prisma.JsonValue): Receipt | null =>
  stored === null ? null : storedSchema.parse(stored)
