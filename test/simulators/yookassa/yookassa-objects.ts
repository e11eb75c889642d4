import type { Clock } from '../../../src/kernel/clock.js'
import type { SeededRandom } from '../seeded-random.js'

export interface Amount {
  readonly value: string
  readonly currency: string
}

/** The part of YooKassa's objects that is played, under YooKassa's own names. What is undefined is left out of answers. */
export interface Payment {
  readonly id: string
  status: 'pending' | 'waiting_for_capture' | 'succeeded' | 'canceled'
  paid: boolean
  amount: Amount
  refunded_amount?: Amount
  description?: string | undefined
  readonly created_at: string
  captured_at?: string
  expires_at?: string | undefined
  readonly confirmation?: { type: 'redirect'; confirmation_url: string; return_url: string } | undefined
  readonly metadata: Readonly<Record<string, string>>
  payment_method?: { type: 'bank_card'; id: string; saved: boolean }
  cancellation_details?: { party: 'merchant' | 'yoo_money' | 'payment_network'; reason: string }
  refundable: boolean
  readonly recipient: { account_id: string; gateway_id: string }
  readonly test: true
}

export interface Refund {
  readonly id: string
  readonly payment_id: string
  status: 'pending' | 'succeeded' | 'canceled'
  readonly amount: Amount
  readonly description?: string | undefined
  readonly created_at: string
  cancellation_details?: { party: 'merchant' | 'yoo_money'; reason: string }
}

/** What every part of the simulator shares. */
export interface YooKassaWorld {
  readonly clock: Clock
  readonly random: SeededRandom
  /** Something happened: a notification with the object as it is now. */
  happened(event: string, object: Payment | Refund): void
}

/** In the form of theirs, 36 characters. */
export function newYooKassaId({ random }: YooKassaWorld): string {
  const hex = (length: number) => Array.from({ length }, () => random.below(16).toString(16)).join('')
  return `${hex(8)}-000f-5000-${hex(4)}-${hex(12)}`
}

export const minorUnits = ({ value }: Amount): number => Number(value.replace('.', ''))

export const amountFrom = (minor: number, currency: string): Amount => ({
  value: `${Math.floor(minor / 100)}.${String(minor % 100).padStart(2, '0')}`,
  currency,
})
