import { runSimulator } from '../run-simulator.js'
import { startStripeSimulator } from './stripe-simulator.js'

await runSimulator({
  name: 'Stripe',
  port: 8047,
  start: startStripeSimulator,
  envOf: ({ url, secretKey, webhookSecret }) => ({
    STRIPE_API_URL: url,
    STRIPE_SECRET_KEY: secretKey,
    STRIPE_WEBHOOK_SECRET: webhookSecret,
  }),
})
