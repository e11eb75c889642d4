import { describe, expect, test } from 'vitest'
import { DAY_MS } from '../../../src/kernel/clock.js'
import { openAccount, type TestAccount } from '../../testkit/account.js'
import { TestClient } from '../../testkit/client.js'
import { startTestServer } from '../../testkit/server.js'
import { CANCEL, CREATE } from '../generations/documents.js'
import { holdWorkers, request } from '../generations/drawing.js'

const server = await startTestServer()

const PLAN = `query MyPlan { me { planSubscription {
  id status currentPeriodStart currentPeriodEnd remainingGenerations autoRenew plan { tier generationQuota price { amount } }
} } }`

interface Subscription {
  readonly id: string
  readonly status: string
  readonly currentPeriodStart: string
  readonly currentPeriodEnd: string
  readonly remainingGenerations: number
  readonly plan: { readonly tier: string; readonly generationQuota: number }
}

const planOf = async ({ client }: TestAccount) =>
  (await client.get<{ me: { planSubscription: Subscription } }>(PLAN)).me.planSubscription

/** Moves an account's periods into the past, as if `days` had gone by. */
async function age({ id }: TestAccount, days: number): Promise<void> {
  const { prisma } = server.platform.database
  await prisma.$executeRaw`
    update quota_reservations r set period_start = r.period_start - make_interval(days => ${days}::int)
    from plan_subscriptions s where s.id = r.subscription_id and s.user_id = ${id}::uuid`
  await prisma.$executeRaw`
    update plan_subscriptions set period_start = period_start - make_interval(days => ${days}::int),
      period_end = period_end - make_interval(days => ${days}::int) where user_id = ${id}::uuid`
}

describe('a plan', () => {
  test('is FREE from the first look, and the same for all who look at once', async () => {
    const account = await openAccount(server)
    const seen = await Promise.all(Array.from({ length: 10 }, () => planOf(account)))
    expect(new Set(seen.map(({ id }) => id)).size).toBe(1)
    expect(seen[0]).toMatchObject({
      status: 'ACTIVE',
      remainingGenerations: 5,
      plan: { tier: 'FREE', generationQuota: 5 },
    })
    expect(Date.parse(seen[0]?.currentPeriodEnd ?? '') - Date.parse(seen[0]?.currentPeriodStart ?? '')).toBe(
      30 * DAY_MS,
    )
  })

  test('is fresh again when its period is over, for a reader first', async () => {
    const account = await openAccount(server)
    const before = await planOf(account)
    await request(account.client, { imageCount: 4 })
    await age(account, 30)
    const after = await planOf(account)
    expect(after).toMatchObject({
      id: before.id,
      remainingGenerations: 5,
      currentPeriodStart: before.currentPeriodStart,
    })
  })

  test('keeps its anniversary when nobody looked for long', async () => {
    const account = await openAccount(server)
    const before = await planOf(account)
    await age(account, 100)
    const { currentPeriodStart } = await planOf(account)
    expect(Date.parse(before.currentPeriodStart) - Date.parse(currentPeriodStart)).toBe(10 * DAY_MS)
  })

  test('is fresh again when its period is over, for many requests at once', async () => {
    const account = await openAccount(server)
    await request(account.client, { imageCount: 4 })
    await age(account, 31)
    const input = { prompt: 'A red bicycle', width: 256, height: 256 }
    const codes = await Promise.all(Array.from({ length: 10 }, () => account.client.codeOf(CREATE, { input })))
    expect(codes.filter((code) => code === 'ok')).toHaveLength(5)
    expect(await planOf(account)).toMatchObject({ remainingGenerations: 0 })
  })

  test('takes back only what the running period gave', async () => {
    const release = await holdWorkers(server)
    try {
      const account = await openAccount(server)
      const { id } = await request(account.client, { imageCount: 3 })
      await age(account, 31)
      expect(await planOf(account)).toMatchObject({ remainingGenerations: 5 })
      expect(await account.client.codeOf(CANCEL, { id })).toBe('ok')
      expect(await planOf(account)).toMatchObject({ remainingGenerations: 5 })
    } finally {
      await release()
    }
  })

  test('is shown to everybody, the cheapest first', async () => {
    const { plans } = await new TestClient(server).get<{ plans: unknown[] }>(
      'query Plans { plans { tier price { amount currency } periodDays generationQuota features name } }',
    )
    expect(plans).toMatchObject([
      { tier: 'FREE', price: { amount: 0, currency: 'RUB' }, periodDays: 30, generationQuota: 5 },
      { tier: 'PRO', price: { amount: 99_000 }, periodDays: 30, generationQuota: 50 },
      { tier: 'PREMIUM', price: { amount: 299_000 }, periodDays: 30, generationQuota: 200 },
    ])
  })
})
