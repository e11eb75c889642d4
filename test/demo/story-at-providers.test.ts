import { afterAll, expect, test } from 'vitest'
import type { DeliveryHabits } from '../simulators/deliveries.js'
import { startStripeSimulator } from '../simulators/stripe/stripe-simulator.js'
import { startYooKassaSimulator } from '../simulators/yookassa/yookassa-simulator.js'
import { SEEDING_LIMIT_MS, seedDemoInto } from '../testkit/seed-demo-into.js'
import { startTestServer } from '../testkit/server.js'
import { playStory, STORY_STEPS } from './story.js'
import { Storyteller } from './storyteller.js'

const HABITS: DeliveryHabits = { copies: 3, delayMs: 200, loss: 0 }

const yookassa = await startYooKassaSimulator({ seed: 5 })
const stripe = await startStripeSimulator({ seed: 5 })
const access = {
  STRIPE_API_URL: stripe.url,
  STRIPE_SECRET_KEY: stripe.secretKey,
  STRIPE_WEBHOOK_SECRET: stripe.webhookSecret,
}
const servers = {
  YOOKASSA: await startTestServer({ env: yookassa.env }),
  STRIPE: await startTestServer({ env: access }),
}
afterAll(async () => {
  await Promise.all([servers.YOOKASSA.close(), servers.STRIPE.close()])
  await Promise.all([yookassa.close(), stripe.close()])
})

test.each([
  ['YOOKASSA', yookassa],
  ['STRIPE', stripe],
] as const)(
  'the story of an order runs on the adapter of %s',
  async (provider, simulator) => {
    const server = servers[provider]
    await seedDemoInto(server)
    simulator.deliveries.url = `${server.url}/webhooks/payments/${provider.toLowerCase()}`
    simulator.deliveries.habits = HABITS
    const lines: string[] = []
    await playStory(server.url, new Storyteller(STORY_STEPS, (line) => lines.push(line), false))
    expect(lines.join('\n')).toMatch(new RegExp(`SUCCEEDED by ${provider}[\\s\\S]*✔ {2}AT-`))
  },
  SEEDING_LIMIT_MS + 60_000,
)
