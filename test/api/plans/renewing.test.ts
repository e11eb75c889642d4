import { describe, expect, test } from 'vitest'
import { startYooKassaSimulator } from '../../simulators/yookassa/yookassa-simulator.js'
import type { TestAccount } from '../../testkit/account.js'
import { CANCEL_PLAN } from './plan-desk.js'
import { openRenewalDesk } from './renewal-desk.js'

const yookassa = await startYooKassaSimulator({ seed: 12 })
const desk = await openRenewalDesk({ simulator: yookassa, slug: 'yookassa', env: yookassa.env })
const { prisma, see, atTheEnd, tryToRenew, renewals, subjects, linkOf, press } = desk
const bankSays = async (anna: TestAccount, outcome: 'pays' | 'insufficient_funds') =>
  yookassa.payments.methods.set((await desk.rowOf(anna)).methodId ?? '', outcome)

describe('a kept method', { timeout: 90_000 }, () => {
  test('renews at the end, from the old end on, with one fresh quota', async () => {
    const anna = await atTheEnd()
    const { paidUntil } = await desk.rowOf(anna)
    await desk.keepPlans()
    await desk.eventually(async () => expect(await see(anna)).toMatchObject({ remainingGenerations: 50 }))
    expect((await see(anna)).currentPeriodStart).toBe(paidUntil?.toISOString())
    const payments = await renewals(anna)
    expect(payments).toMatchObject([{ status: 'SUCCEEDED', chargedMethodId: expect.any(String), amount: 99_000n }])
    await desk.keepPlans()
    expect(await renewals(anna)).toHaveLength(1)
  })

  test('declined three times makes it PAST_DUE, then FREE, and nothing is fresh meanwhile', async () => {
    const anna = await atTheEnd()
    await bankSays(anna, 'insufficient_funds')
    for (const tries of [1, 2, 3]) {
      await tryToRenew(anna, tries)
      await desk.eventually(async () =>
        expect((await renewals(anna)).filter(({ status }) => status === 'CANCELED')).toHaveLength(tries),
      )
      expect(await see(anna)).toMatchObject({ plan: { tier: 'PRO' }, remainingGenerations: 7 })
      if (tries < 3) expect((await see(anna)).status).toBe('ACTIVE')
      await desk.age(anna, 1)
    }
    await desk.keepPlans()
    await desk.eventually(async () => expect((await desk.rowOf(anna)).tier).toBe('FREE'))
    expect(await see(anna)).toMatchObject({ status: 'ACTIVE', autoRenew: false, remainingGenerations: 5 })
    await desk.eventually(async () =>
      expect((await subjects(anna)).sort()).toEqual([
        'Не получилось продлить тариф',
        'Не получилось продлить тариф',
        'Тариф закончился',
        'Тариф не оплачен',
      ]),
    )
  })

  test('whose third try has failed is PAST_DUE until it is paid by hand', async () => {
    const anna = await atTheEnd()
    await bankSays(anna, 'insufficient_funds')
    await desk.age(anna, 2)
    await prisma.planSubscription.update({ where: { userId: anna.id }, data: { renewalTries: 2 } })
    await tryToRenew(anna, 3)
    await desk.eventually(async () => expect((await see(anna)).status).toBe('PAST_DUE'))
    const { paidUntil } = await desk.rowOf(anna)
    await desk.buy(anna, 'PRO')
    expect(await see(anna)).toMatchObject({
      status: 'ACTIVE',
      remainingGenerations: 50,
      currentPeriodStart: paidUntil?.toISOString(),
    })
  })

  test('whose answer is lost is charged once, and no other try begins before it is known', async () => {
    const anna = await atTheEnd()
    yookassa.faults.next('error-applied', { on: 'POST /v3/payments' })
    await tryToRenew(anna, 1)
    await desk.eventually(async () => expect(await renewals(anna)).toHaveLength(1))
    await desk.eventually(async () =>
      expect(yookassa.paymentsOf((await renewals(anna))[0]?.idempotenceKey ?? '')).toHaveLength(1),
    )
    const [charge] = await renewals(anna)
    expect(yookassa.paymentsOf(charge?.idempotenceKey ?? '')).toMatchObject([{ isPaid: true }])
    await desk.settle(charge?.id ?? '')
    expect(await see(anna)).toMatchObject({ remainingGenerations: 50 })
    expect(await renewals(anna)).toHaveLength(1)
  })

  test('is left alone once the plan was cancelled', async () => {
    const anna = await desk.open()
    await desk.buy(anna, 'PRO')
    await anna.client.get(CANCEL_PLAN)
    await desk.age(anna, 30)
    await desk.keepPlans()
    await desk.eventually(async () => expect((await desk.rowOf(anna)).tier).toBe('FREE'))
    expect(await renewals(anna)).toEqual([])
  })

  test('two jobs for one plan make one charge', async () => {
    const anna = await atTheEnd()
    const jobs = Array.from(
      { length: 4 },
      () =>
        prisma.$executeRaw`select graphile_worker.add_job('plans.step', json_build_object('userId', ${anna.id}::text))`,
    )
    await Promise.all(jobs)
    await desk.eventually(async () => expect(await see(anna)).toMatchObject({ remainingGenerations: 50 }))
    const { id } = await prisma.planPurchase.findFirstOrThrow({
      where: { subscription: { userId: anna.id }, kind: 'RENEWAL' },
    })
    await prisma.$executeRaw`select graphile_worker.add_job('plans.charge', json_build_object('purchaseId', ${id}::text))`
    await new Promise((resolve) => setTimeout(resolve, 300))
    expect(await renewals(anna)).toHaveLength(1)
  })
})

describe('after two weeks without a server', { timeout: 60_000 }, () => {
  test('a kept method is charged, for days from now on', async () => {
    const anna = await atTheEnd()
    await desk.age(anna, 14)
    expect(await see(anna)).toMatchObject({ plan: { tier: 'PRO' }, remainingGenerations: 7 })
    const before = Date.now()
    await desk.keepPlans()
    await desk.eventually(async () => expect(await see(anna)).toMatchObject({ remainingGenerations: 50 }))
    expect(await renewals(anna)).toHaveLength(1)
    expect(Date.parse((await see(anna)).currentPeriodEnd)).toBeGreaterThan(before + 29 * 86_400_000)
  })

  test('who pays by letter is written to, and can pay for three days', async () => {
    const anna = await atTheEnd({ keepsMethod: false })
    await desk.age(anna, 14)
    await tryToRenew(anna, 1)
    const link = await linkOf(anna)
    expect(await subjects(anna)).toEqual(['Пора продлить тариф'])
    expect((await press(link)).status).toBe(303)
    expect((await desk.rowOf(anna)).periodEnd.getTime()).toBeGreaterThan(Date.now() + 2.9 * 86_400_000)
    await desk.age(anna, 3)
    await desk.keepPlans()
    await desk.eventually(async () => expect((await desk.rowOf(anna)).tier).toBe('FREE'))
  })
})

describe('a charge and a payment by hand for one renewal, of which nobody has heard', { timeout: 60_000 }, () => {
  /** Somebody who has the letter and can be charged all the same. */
  async function openBoth() {
    const anna = await atTheEnd({ keepsMethod: false })
    await tryToRenew(anna, 1)
    const link = await linkOf(anna)
    const [first] = await desk.paymentsOf(anna)
    await prisma.planSubscription.update({
      where: { userId: anna.id },
      data: {
        methodId: first?.savedMethodId ?? null,
        methodProvider: 'YOOKASSA',
        renewalTries: 0,
        nextStepAt: new Date(),
      },
    })
    return { anna, link }
  }
  async function payByHand(anna: TestAccount, link: string) {
    expect((await press(link)).status).toBe(303)
    const payment = (await renewals(anna)).find(({ chargedMethodId }) => chargedMethodId === null)
    yookassa.pay(payment?.providerPaymentId ?? '')
    return payment
  }
  async function isRenewedOnce(anna: TestAccount, keptId?: string): Promise<void> {
    await desk.eventually(async () =>
      expect((await renewals(anna)).map(({ status }) => status).sort()).toEqual(['REFUNDED', 'SUCCEEDED']),
    )
    expect((await renewals(anna)).find(({ status }) => status === 'SUCCEEDED')?.id).toBe(keptId)
    const { paidFrom, paidUntil, remainingGenerations } = await desk.rowOf(anna)
    expect(remainingGenerations).toBe(50)
    expect((paidUntil?.getTime() ?? 0) - (paidFrom?.getTime() ?? 0)).toBe(60 * 86_400_000)
    const given = (await renewals(anna)).map(({ providerPaymentId }) => yookassa.refundedOf(providerPaymentId ?? ''))
    expect(given.sort()).toEqual([0, 99_000])
  }

  test('keep the charge when that is heard of first', async () => {
    const { anna, link } = await openBoth()
    const byHand = await payByHand(anna, link)
    await desk.keepPlans()
    await desk.eventually(async () => expect(await see(anna)).toMatchObject({ remainingGenerations: 50 }))
    const charge = (await renewals(anna)).find(({ id }) => id !== byHand?.id)
    await desk.settle(byHand?.id ?? '', 'REFUNDED')
    await isRenewedOnce(anna, charge?.id)
  })

  test('keep the payment by hand when the charge’s answer was lost', async () => {
    const { anna, link } = await openBoth()
    yookassa.faults.next('error-applied', { on: 'POST /v3/payments' })
    await desk.keepPlans()
    const made = async () => yookassa.paymentsOf((await renewals(anna))[0]?.idempotenceKey ?? '')
    await desk.eventually(async () => expect(await made()).toMatchObject([{ isPaid: true }]))
    const [charge] = await renewals(anna)
    const byHand = await payByHand(anna, link)
    const id = byHand?.providerPaymentId ?? '-'
    await yookassa.deliveries.deliver({ only: ({ body }) => body.includes(id) })
    await desk.eventually(async () => expect(await see(anna)).toMatchObject({ remainingGenerations: 50 }))
    await desk.settle(charge?.id ?? '', 'REFUNDED')
    await isRenewedOnce(anna, byHand?.id)
  })
})

describe('without a method', { timeout: 60_000 }, () => {
  test('a letter three days before the end leads to a page that opens a payment', async () => {
    const anna = await desk.open()
    await desk.buy(anna, 'PRO')
    await prisma.planSubscription.update({ where: { userId: anna.id }, data: { methodId: null, methodProvider: null } })
    await desk.age(anna, 27.5)
    await desk.keepPlans()
    const link = await linkOf(anna)
    expect(await subjects(anna)).toEqual(['Ваш тариф скоро закончится'])
    const page = await fetch(link)
    expect(page.status).toBe(200)
    expect(await page.text()).toContain('Продлить тариф «Профи»')
    const answer = await press(link)
    expect([answer.status, answer.headers.get('location')]).toEqual([
      303,
      expect.stringContaining(yookassa.url.replace('/v3/', '')),
    ])
    const [payment] = await renewals(anna)
    await desk.pay(payment?.id ?? '')
    expect((await desk.rowOf(anna)).paidUntil?.getTime()).toBeGreaterThan(Date.now() + 32 * 86_400_000)
    expect(await (await fetch(link)).text()).toContain('Тариф продлён')
    expect((await press(link)).status).toBe(410)
    expect(payment?.returnUrl).toMatch(`${desk.server.platform.config.publicUrl}/plans/renewed?token=`)
    expect((await fetch(link.replace('/plans/renew?', '/plans/renewed?'))).status).toBe(404)
    expect((await press(payment?.returnUrl ?? '')).status).toBe(404)
    expect((await fetch(`${link}x`)).status).toBe(404)
  })

  test('two payments for one renewal are one renewal, and the other goes back', async () => {
    const anna = await atTheEnd({ keepsMethod: false })
    await tryToRenew(anna, 1)
    const link = await linkOf(anna)
    await press(link)
    await press(link)
    const [first, second] = await renewals(anna)
    for (const payment of [first, second]) yookassa.pay(payment?.providerPaymentId ?? '')
    await yookassa.deliveries.deliver()
    await desk.eventually(async () =>
      expect((await renewals(anna)).map(({ status }) => status).sort()).toEqual(['REFUNDED', 'SUCCEEDED']),
    )
    const { paidFrom, paidUntil } = await desk.rowOf(anna)
    expect((paidUntil?.getTime() ?? 0) - (paidFrom?.getTime() ?? 0)).toBe(60 * 86_400_000)
  })

  test('three letters make it PAST_DUE', async () => {
    const anna = await atTheEnd({ keepsMethod: false })
    for (const tries of [1, 2, 3]) {
      await tryToRenew(anna, tries)
      if (tries < 3) await desk.age(anna, 1)
    }
    expect(await see(anna)).toMatchObject({ status: 'PAST_DUE', plan: { tier: 'PRO' }, remainingGenerations: 7 })
  })
})
