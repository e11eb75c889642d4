import { parseArgs } from 'node:util'
import { startStripeSimulator } from './stripe-simulator.js'

// npm run simulate:stripe -- --port 8047 --seed 7 --copies 3 --delay 2000 --loss 0.1 --faults 0.1
const { values } = parseArgs({
  options: {
    port: { type: 'string', default: '8047' },
    seed: { type: 'string', default: String(Math.floor(Math.random() * 1_000_000)) },
    webhook: { type: 'string', default: 'http://localhost:8042/webhooks/payments/stripe' },
    copies: { type: 'string', default: '1' },
    delay: { type: 'string', default: '0' },
    loss: { type: 'string', default: '0' },
    faults: { type: 'string', default: '0' },
  },
})

const simulator = await startStripeSimulator({ port: Number(values.port), seed: Number(values.seed) })
simulator.deliveries.url = values.webhook
simulator.deliveries.habits = {
  copies: Number(values.copies),
  delayMs: Number(values.delay),
  loss: Number(values.loss),
}
simulator.faults.rate = Number(values.faults)

process.stdout.write(`Stripe, simulated, at ${simulator.url} with seed ${values.seed}; webhooks go to ${values.webhook}

STRIPE_API_URL=${simulator.url} STRIPE_SECRET_KEY=${simulator.secretKey} STRIPE_WEBHOOK_SECRET=${simulator.webhookSecret} npm start
`)

for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void simulator.close())
