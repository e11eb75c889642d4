import { expect, test } from 'vitest'
import { startStripeSimulator } from '../../simulators/stripe/stripe-simulator.js'
import { openRenewalDesk } from './renewal-desk.js'

const stripe = await startStripeSimulator({ seed: 13 })
const desk = await openRenewalDesk({
  simulator: stripe,
  slug: 'stripe',
  env: {
    STRIPE_API_URL: stripe.url,
    STRIPE_SECRET_KEY: stripe.secretKey,
    STRIPE_WEBHOOK_SECRET: stripe.webhookSecret,
  },
})
const { see, atTheEnd, tryToRenew, renewals } = desk

test('a method that Stripe kept renews the plan, and the method of the charge renews it again', {
  timeout: 60_000,
}, async () => {
  const anna = await atTheEnd()
  const kept = { methodProvider: 'STRIPE', methodId: expect.stringMatching(/^cus_\w+:pm_\w+$/) }
  expect(await desk.rowOf(anna)).toMatchObject(kept)
  for (const times of [1, 2]) {
    await desk.keepPlans()
    await desk.eventually(async () => expect(await see(anna)).toMatchObject({ remainingGenerations: 50 }))
    expect(await renewals(anna)).toMatchObject(Array(times).fill({ status: 'SUCCEEDED', amount: 99_000n }))
    expect(await desk.rowOf(anna)).toMatchObject(kept)
    // Left due, it would be charged in the tests below and take the answers meant for others.
    if (times === 2) break
    await desk.prisma.planSubscription.update({ where: { userId: anna.id }, data: { remainingGenerations: 7 } })
    const { paidUntil } = await desk.rowOf(anna)
    await desk.prisma.planSubscription.update({ where: { userId: anna.id }, data: { nextStepAt: paidUntil } })
    await desk.age(anna, 30)
  }
})

test('three declines at Stripe make it PAST_DUE, and nothing is taken', { timeout: 60_000 }, async () => {
  const anna = await atTheEnd()
  for (const tries of [1, 2, 3]) {
    stripe.intents.declineNext('insufficient_funds')
    await tryToRenew(anna, tries)
    await desk.eventually(async () =>
      expect((await renewals(anna)).filter(({ status }) => status === 'CANCELED')).toHaveLength(tries),
    )
    if (tries < 3) await desk.age(anna, 1)
  }
  await desk.eventually(async () => expect((await see(anna)).status).toBe('PAST_DUE'))
  expect(await see(anna)).toMatchObject({ plan: { tier: 'PRO' }, remainingGenerations: 7 })
  for (const { idempotenceKey } of await renewals(anna))
    expect(stripe.paymentsOf(idempotenceKey)).toMatchObject([{ isPaid: false }])
})

test.each(['error-applied', 'error-kept', 'dropped-applied', 'dropped-not-applied'] as const)(
  'a charge that Stripe answers with %s is made once',
  { timeout: 60_000 },
  async (fault) => {
    const anna = await atTheEnd()
    stripe.faults.next(fault, { on: 'POST /v1/payment_intents' })
    await tryToRenew(anna, 1)
    await desk.eventually(async () => expect(await renewals(anna)).toHaveLength(1))
    const [charge] = await renewals(anna)
    // What the reconciliation would ask for two minutes later.
    const check = () =>
      desk.prisma
        .$executeRaw`select graphile_worker.add_job('payments.check', json_build_object('paymentId', ${charge?.id}::text))`
    await desk.eventually(async () => {
      await check()
      expect(await see(anna)).toMatchObject({ remainingGenerations: 50 })
    })
    expect(await renewals(anna)).toMatchObject([{ status: 'SUCCEEDED' }])
    expect(stripe.paymentsOf(charge?.idempotenceKey ?? '')).toMatchObject([{ isPaid: true }])
  },
)
