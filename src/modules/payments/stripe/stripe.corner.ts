import type { Platform } from '../../../platform/platform.js'
import { StripeCalls } from './stripe-calls.js'
import { connectToStripe } from './stripe-connection.js'
import { StripeProvider } from './stripe-provider.js'

/** Stripe, where it is configured. */
export function createStripeCorner({ config, log, clock }: Pick<Platform, 'config' | 'log' | 'clock'>) {
  const access = config.stripe
  if (!access) return { adapters: [], close: async () => undefined }
  const { stripe, close } = connectToStripe(access)
  const calls = new StripeCalls(stripe, log)
  return { adapters: [new StripeProvider(calls, access.webhookSecret, config.publicUrl, clock)], close }
}
