import type { Payment } from '../../generated/prisma/client.js'
import { money } from '../../kernel/money.js'
import type { SettledPayment } from './settlement-handler.js'

/** A payment as its seller hears of it. */
export const soldPayment = ({
  id,
  userId,
  referenceId,
  amount,
  currency,
  provider,
  savedMethodId,
}: Payment): SettledPayment => ({
  id,
  userId,
  referenceId,
  amount: money(amount, currency),
  provider,
  savedMethodId,
})
