import type { Currency } from '../generated/prisma/enums.js'

/** An amount in minor units (kopecks, cents) of one currency. Never a float. */
export interface Money {
  readonly amount: bigint
  readonly currency: Currency
}

/** 1 000 000 RUB: the most one payment may be. */
export const MAX_PAYMENT = 100_000_000n

export const money = (amount: bigint, currency: Currency = 'RUB'): Money => ({ amount, currency })

export const rubles = (whole: number): Money => money(BigInt(whole) * 100n)

/** @throws RangeError when the currencies differ: that is a mistake in the code, not in the input. */
export function addMoney(left: Money, right: Money): Money {
  if (left.currency !== right.currency) throw new RangeError(`cannot add ${right.currency} to ${left.currency}`)
  return money(left.amount + right.amount, left.currency)
}

export const timesMoney = (one: Money, quantity: number): Money => money(one.amount * BigInt(quantity), one.currency)

/**
 * As a person reads it: `formatMoney(money(220000n), 'ru-RU')` is "2 200,00 ₽" with the locale's own spaces.
 * Amounts beyond 2^53 minor units keep every digit.
 * @throws RangeError for a malformed locale
 */
export function formatMoney({ amount, currency }: Money, locale: string): string {
  const absolute = amount < 0n ? -amount : amount
  const decimal = `${amount < 0n ? '-' : ''}${absolute / 100n}.${String(absolute % 100n).padStart(2, '0')}`
  return new Intl.NumberFormat(locale, { style: 'currency', currency }).format(decimal as Intl.StringNumericLiteral)
}
