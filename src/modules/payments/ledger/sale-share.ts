export interface SharedSale {
  readonly amount: bigint
  readonly feePercent: number
}

/** What came in for the sale, and what of it went back. */
export interface PaidSale {
  readonly paid: bigint
  readonly refunded: bigint
}

export interface Share {
  readonly fee: bigint
  readonly earning: bigint
}

/**
 * How much of a sale is the platform's and how much its seller's, in whole kopecks. What was refunded is taken from both pro rata; never
 * more is shared than was kept. The fee is rounded down: together they are what is shared.
 */
export function shareOf({ amount, feePercent }: SharedSale, { paid, refunded }: PaidSale): Share {
  const shared = paid > 0n ? (amount * (paid - refunded)) / paid : 0n
  const fee = (shared * BigInt(feePercent)) / 100n
  return { fee, earning: shared - fee }
}
