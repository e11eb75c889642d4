import type { PaymentProvider, PaymentStatus } from '../../generated/prisma/enums.js'
import type { ReportedStatus } from './payment-provider.js'

/**
 * Where a provider's report may take a payment. Reports come late, twice and out of order; what is not a step forward is
 * left alone. A payment that we gave up may still have been paid at that moment, and money that came in is a fact.
 */
const FORWARD: Readonly<Record<PaymentStatus, readonly ReportedStatus[]>> = {
  PENDING: ['WAITING_FOR_CAPTURE', 'SUCCEEDED', 'CANCELED'],
  WAITING_FOR_CAPTURE: ['SUCCEEDED', 'CANCELED'],
  CANCELED: ['SUCCEEDED'],
  SUCCEEDED: [],
  PARTIALLY_REFUNDED: [],
  REFUNDED: [],
}

interface Standing {
  readonly provider: PaymentProvider
  readonly status: PaymentStatus
}

/** From a balance nothing comes in by itself: an attempt that was given up there stays so. */
export const isStepForward = ({ provider, status }: Standing, to: ReportedStatus): boolean =>
  FORWARD[status].includes(to) && !(provider === 'BALANCE' && status === 'CANCELED')

/** Whether a provider never says anything else of a payment after it. */
export const isLastWord = (status: ReportedStatus): boolean => status === 'SUCCEEDED' || status === 'CANCELED'

/** Whether the money came in, whatever became of it since. */
export const isPaid = (status: PaymentStatus): boolean =>
  status === 'SUCCEEDED' || status === 'PARTIALLY_REFUNDED' || status === 'REFUNDED'

/** The status of a paid payment of which `refunded` has been given back. */
export function statusAfterRefunds(amount: bigint, refunded: bigint): PaymentStatus {
  if (refunded === 0n) return 'SUCCEEDED'
  return refunded < amount ? 'PARTIALLY_REFUNDED' : 'REFUNDED'
}

/** What may still be given back: refunds that are on their way count as given. */
export function refundable(
  payment: { readonly amount: bigint; readonly refundedAmount: bigint },
  pending: readonly { readonly amount: bigint }[],
): bigint {
  return payment.amount - payment.refundedAmount - pending.reduce((sum, { amount }) => sum + amount, 0n)
}
