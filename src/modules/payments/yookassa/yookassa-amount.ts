import { z } from 'zod'
import { Currency } from '../../../generated/prisma/enums.js'
import { type Money, money } from '../../../kernel/money.js'

/** Minor units as YooKassa writes them: "1500.00". */
export const amountOf = ({ amount, currency }: Money): { value: string; currency: Currency } => ({
  value: `${amount / 100n}.${String(amount % 100n).padStart(2, '0')}`,
  currency,
})

/** YooKassa's amount, digit by digit: no float ever sees it. */
export const amountSchema = z
  .object({ value: z.string().regex(/^\d{1,15}\.\d{2}$/), currency: z.enum(Currency) })
  .transform(({ value, currency }) => money(BigInt(value.replace('.', '')), currency))
