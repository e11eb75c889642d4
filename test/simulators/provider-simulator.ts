import type { Deliveries } from './deliveries.js'
import type { Faults } from './faults.js'

/** A provider that a test plays. Ids are the provider's own: what `Payment.providerPaymentId` holds. */
export interface ProviderSimulator {
  /** The base of its API. */
  readonly url: string
  readonly faults: Faults
  readonly deliveries: Deliveries
  /** The customer pays at the confirmation page. @throws Error where nobody could any more */
  pay(id: string): void
  /** The customer's bank says no. */
  decline(id: string): void
  /** The time to pay runs out. */
  expire(id: string): void
  /** How many payments it holds that were made for one attempt, and what became of each. */
  paymentsOf(attemptKey: string): readonly SimulatedPayment[]
  /** What it gave back of a payment, in minor units; refunds under way count. */
  refundedOf(id: string): number
  close(): Promise<void>
}

export interface SimulatedPayment {
  readonly id: string
  readonly isPaid: boolean
}
