import { describe, expect, it } from 'vitest'
import { openAccount } from '../../testkit/account.js'
import { ADVANCE, ASSIGN, type OrderView, SHIP } from './operations.js'
import { openOrderDesk } from './order-desk.js'

const desk = await openOrderDesk()
const manager = await openAccount(desk.server, 'MANAGER')

/** The factory that gets the next order among these. */
const chosen = async (
  ...factories: Parameters<typeof desk.addFactory>[0][]
): Promise<{ ids: string[]; got: string | undefined }> => {
  await desk.closeFactories()
  const ids = []
  for (const facts of factories) ids.push(await desk.addFactory(facts))
  return { ids, got: (await desk.placeAndPay()).factory?.id }
}

describe('the factory that is chosen', () => {
  it('has the least load for its capacity', async () => {
    const { ids, got } = await chosen(
      { capacity: 2, currentLoad: 1 },
      { capacity: 10, currentLoad: 4, serviceLevel: 1, rating: 1 },
    )
    expect(got).toBe(ids[1])
  })

  it('then the best service level, then the best rating', async () => {
    const byService = await chosen({ serviceLevel: 3, rating: 5 }, { serviceLevel: 4, rating: 1 })
    expect(byService.got).toBe(byService.ids[1])
    const byRating = await chosen({ rating: 4.1 }, { rating: 4.2 })
    expect(byRating.got).toBe(byRating.ids[1])
  })

  it('prints the type and is active', async () => {
    const { ids, got } = await chosen({ specializations: ['STANDEE'] }, { isActive: false }, { currentLoad: 9 })
    expect(got).toBe(ids[2])
  })

  it('is the one the customer asked for, as long as it has a place', async () => {
    await desk.closeFactories()
    const [, wanted, full] = [
      await desk.addFactory(),
      await desk.addFactory({ currentLoad: 9 }),
      await desk.addFactory({ capacity: 1, currentLoad: 1 }),
    ]
    expect((await desk.placeAndPay({ factoryId: wanted })).factory?.id).toBe(wanted)
    expect((await desk.placeAndPay({ factoryId: full })).factory?.id).not.toBe(full)
  })
})

describe('when no factory is free', () => {
  it('the order stays PAID, and goes to the first that ships something', async () => {
    await desk.closeFactories()
    const factoryId = await desk.addFactory({ capacity: 1 })
    const first = await desk.placeAndPay()
    const second = await desk.place()
    await desk.pay(second.id)
    await desk.until(second.id, ({ status }) => status === 'PAID')
    expect(await manager.client.codeOf(ASSIGN, { orderId: second.id })).toBe('CONFLICT')
    expect(await manager.client.codeOf(ASSIGN, { orderId: second.id, factoryId })).toBe('CONFLICT')
    await (await desk.staffOf(factoryId)).client.get(SHIP, { orderId: first.id })
    expect((await desk.until(second.id, ({ status }) => status === 'PRODUCTION')).factory?.id).toBe(factoryId)
  })
})

describe('production', () => {
  it('goes stage by stage, fails from any, and what failed goes to another factory', async () => {
    await desk.closeFactories()
    const failing = await desk.addFactory({ rating: 5 })
    const { id } = await desk.placeAndPay()
    const other = await desk.addFactory()
    const { client } = await desk.staffOf(failing)
    for (const stage of ['QUEUED', 'QUALITY_CHECK', 'READY'])
      expect(await client.codeOf(ADVANCE, { orderId: id, stage })).toBe('INVALID_TRANSITION')
    await client.get(ADVANCE, { orderId: id, stage: 'IN_PROGRESS' })
    expect(await manager.client.codeOf(ASSIGN, { orderId: id })).toBe('INVALID_TRANSITION')
    await client.get(ADVANCE, { orderId: id, stage: 'FAILED', note: 'The printer broke' })
    for (const stage of ['QUEUED', 'IN_PROGRESS', 'FAILED'])
      expect(await client.codeOf(ADVANCE, { orderId: id, stage })).toBe('INVALID_TRANSITION')
    expect(await client.codeOf(SHIP, { orderId: id })).toBe('INVALID_TRANSITION')
    expect((await desk.see(id, { id: '', client })).allowedTransitions).toEqual([])

    expect(await manager.client.get(ASSIGN, { orderId: id })).toMatchObject({
      assignFactory: { status: 'PRODUCTION', productionStage: 'QUEUED', factory: { id: other, currentLoad: 1 } },
    })
    expect((await desk.prisma.factory.findUniqueOrThrow({ where: { id: failing } })).currentLoad).toBe(0)
    expect(await client.codeOf(ADVANCE, { orderId: id, stage: 'IN_PROGRESS' })).toBe('NOT_FOUND')
    const { history }: OrderView = await desk.see(id)
    expect(history.at(-1)).toMatchObject({ type: 'FACTORY_ASSIGNED', actor: { id: manager.id } })
  })

  it('needs a known factory', async () => {
    await desk.closeFactories()
    const { id } = await desk.place()
    expect(await manager.client.codeOf(ASSIGN, { orderId: id })).toBe('INVALID_TRANSITION')
    await desk.pay(id)
    await desk.until(id, ({ status }) => status === 'PAID')
    expect(await manager.client.codeOf(ASSIGN, { orderId: id, factoryId: manager.id })).toBe('NOT_FOUND')
  })
})
