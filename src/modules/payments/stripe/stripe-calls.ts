import { Stripe } from 'stripe'
import type { Logger } from '../../../platform/observability/logger.js'
import { ProviderRefusal } from '../payment-provider.js'

const { StripeCardError, StripeInvalidRequestError, StripeIdempotencyError } = Stripe.errors
const { StripeAuthenticationError, StripePermissionError, StripeError } = Stripe.errors

/** Calls of Stripe, with what goes wrong in the words of the payments room. */
export class StripeCalls {
  constructor(
    private readonly stripe: Stripe,
    private readonly log: Pick<Logger, 'error'>,
  ) {}

  /**
   * @throws ProviderRefusal for a declined card, a request that Stripe does not accept, and a key that was used for another one; anything
   * else when nobody knows: no answer in time, 409, 429, 5xx, and our own key refused
   */
  async run<Result>(work: (stripe: Stripe) => Promise<Result>): Promise<Result> {
    try {
      return await work(this.stripe)
    } catch (error) {
      if (error instanceof StripeAuthenticationError || error instanceof StripePermissionError)
        this.log.error({ err: error }, 'Stripe refuses our key: STRIPE_SECRET_KEY, or its rights')
      throw isFinalNo(error) ? new ProviderRefusal(error.message, { cause: error }) : error
    }
  }
}

const isFinalNo = (error: unknown): error is Error =>
  error instanceof StripeCardError ||
  error instanceof StripeInvalidRequestError ||
  error instanceof StripeIdempotencyError

/** Whether Stripe keeps this answer for the key: for a day it repeats its own 500 and does not try again. */
export const isKeptTrouble = (error: unknown): boolean =>
  error instanceof StripeError && error.headers?.['idempotent-replayed'] === 'true'
