import { describe, expect, test } from 'vitest'
import { DomainError } from '../../../src/kernel/domain-error.js'
import { newId } from '../../../src/kernel/ids.js'
import { createPaymentsRoom } from '../../../src/modules/payments/index.js'
import { createPlansRoom } from '../../../src/modules/plans/index.js'
import { inTransaction } from '../../../src/platform/database/transaction.js'
import { startYooKassaSimulator } from '../../simulators/yookassa/yookassa-simulator.js'
import type { TestAccount } from '../../testkit/account.js'
import { openRenewalDesk } from './renewal-desk.js'

const yookassa = await startYooKassaSimulator({ seed: 15 })
const desk = await openRenewalDesk({ simulator: yookassa, slug: 'yookassa', env: yookassa.env })
const { prisma, see } = desk
const { platform } = desk.server
// Asked for at the door, because an account may ask for only ten generations a minute.
const { payments } = createPaymentsRoom(platform, { webhookBase: () => '' })
const { quota } = createPlansRoom(platform, { payments })
const ASKING = 12

/** Reserves a generation's images, or nothing. */
async function draw(ownerId: string, images: number): Promise<string | null> {
  const id = newId()
  const { database, clock } = platform
  const size = { model: 'test', width: 256, height: 256, imageCount: images }
  try {
    await inTransaction(database, async (tx) => {
      await tx.prisma.generation.create({ data: { id, ownerId, prompt: 'A banner', ...size, createdAt: clock.now() } })
      await quota.reserve(tx, ownerId, id, images)
    })
    return id
  } catch (error) {
    if (error instanceof DomainError && error.code === 'QUOTA_EXCEEDED') return null
    throw error
  }
}

/** A dozen that draw one image or two, and let every seventh drawing fail, until nothing is left after `isOver`. */
async function drawEverything({ id }: TestAccount, isOver: () => boolean): Promise<void> {
  const one = async (number: number): Promise<void> => {
    for (let turn = number; ; turn++) {
      const wasOver = isOver()
      const images = 1 + (turn % 2)
      const drawn = await draw(id, images)
      if (drawn && turn % 7 === 0) await inTransaction(platform.database, (tx) => quota.release(tx, drawn))
      else if (drawn) await inTransaction(platform.database, (tx) => quota.spend(tx, drawn))
      else if (wasOver && (await draw(id, 1)) === null) return
    }
  }
  await Promise.all(Array.from({ length: ASKING }, (_one, number) => one(number)))
}

/** What was taken and not given back of each period, the oldest first. */
async function taken(account: TestAccount): Promise<number[]> {
  const { id: subscriptionId } = await desk.rowOf(account)
  const periods = await prisma.quotaReservation.groupBy({
    by: ['periodStart'],
    where: { subscriptionId, status: { not: 'RELEASED' } },
    _count: true,
    orderBy: { periodStart: 'asc' },
  })
  return periods.map(({ _count }) => _count)
}

/** Draws while all of `payments` settle. */
async function race(account: TestAccount, purchases: readonly string[]): Promise<void> {
  let isPaid = false
  const paying = Promise.all(purchases.map((id) => desk.pay(id))).then(() => {
    isPaid = true
  })
  await Promise.all([drawEverything(account, () => isPaid), paying])
}

describe('while a dozen draw without a pause, and drawings fail, the quota', { timeout: 90_000 }, () => {
  test('of FREE that turns and is replaced by PRO gives 5 at most and 50 exactly', async () => {
    const anna = await desk.open()
    await draw(anna.id, 4)
    const { id } = await desk.subscribe(anna, 'PRO')
    await desk.age(anna, 30)
    await race(anna, [id])
    const [before, ...after] = await taken(anna)
    expect(before).toBe(4)
    expect(after.pop()).toBe(50)
    for (const free of after) expect(free).toBeLessThanOrEqual(5)
    expect(after.length).toBeLessThanOrEqual(1)
    expect(await see(anna)).toMatchObject({ plan: { tier: 'PRO' }, remainingGenerations: 0 })
  })

  test('of a plan paid ahead turns once, and another payment for it refills nothing', async () => {
    const anna = await desk.open()
    await desk.buy(anna, 'PRO')
    await desk.buy(anna, 'PRO')
    await draw(anna.id, 1)
    const drawing = await draw(anna.id, 3)
    const more = await Promise.all([desk.subscribe(anna, 'PRO'), desk.subscribe(anna, 'PRO')])
    await desk.age(anna, 30)
    const fails = inTransaction(platform.database, (tx) => quota.release(tx, drawing ?? ''))
    await Promise.all([
      fails,
      race(
        anna,
        more.map(({ id }) => id),
      ),
    ])
    expect(await taken(anna)).toEqual([1, 50])
    for (let turn = 0; turn < 3; turn++) {
      await desk.age(anna, 30)
      await drawEverything(anna, () => true)
    }
    // Four payments were four quotas; what was left of the first is lost to time.
    expect(await taken(anna)).toEqual([1, 50, 50, 50])
  })

  test('of a plan whose end has come is what was left, until two payments give one each in their turn', async () => {
    const anna = await desk.atTheEnd()
    const more = await Promise.all([desk.subscribe(anna, 'PRO'), desk.subscribe(anna, 'PRO')])
    await race(
      anna,
      more.map(({ id }) => id),
    )
    const during = await taken(anna)
    expect(during.pop()).toBe(50)
    expect(during.length).toBeLessThanOrEqual(1)
    for (const left of during) expect(left).toBeLessThanOrEqual(7)
    await desk.age(anna, 30)
    await drawEverything(anna, () => true)
    expect((await taken(anna)).slice(-2)).toEqual([50, 50])
  })
})
