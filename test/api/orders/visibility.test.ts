import { describe, expect, it } from 'vitest'
import { newId } from '../../../src/kernel/ids.js'
import { openAccount } from '../../testkit/account.js'
import { TestClient } from '../../testkit/client.js'
import { ADVANCE, ASSIGN, CANCEL, COMPLETE, ORDER, ORDERS, type OrderView, PAY, SHIP } from './operations.js'
import { openOrderDesk, print } from './order-desk.js'

const desk = await openOrderDesk()
const factoryId = await desk.addFactory()
const factory = await desk.staffOf(factoryId)
const elsewhere = await desk.staffOf(await desk.addFactory({ isActive: false }))
const manager = await openAccount(desk.server, 'MANAGER')
const stranger = await openAccount(desk.server)

const newOrder = async () => {
  const lines = [
    { itemId: await desk.addItem(), print },
    { generationId: await desk.addGeneration(), productType: 'BANNER', print },
  ]
  return desk.placeAndPay({ lines, note: 'Ring twice' })
}

describe('order(id)', () => {
  it('shows its customer and staff everything but files', async () => {
    const { id } = await newOrder()
    const own = await desk.see(id)
    expect(own).toMatchObject({
      note: 'Ring twice',
      deliveryAddress: { recipient: 'Ivan Petrov' },
      payments: [{ status: 'SUCCEEDED' }],
    })
    expect(own.lines[1]?.generation).not.toBeNull()
    expect(own.lines.map(({ files }) => files)).toEqual([[], []])
    const forStaff = await desk.see(id, manager)
    expect(forStaff).toMatchObject({
      payments: [{ status: 'SUCCEEDED' }],
      allowedTransitions: ['SHIPPED', 'CANCELLED'],
    })
    expect(forStaff.lines[1]?.files).toHaveLength(1)
  })

  it('shows its factory what to print and where to send it, not what the customer paid or made', async () => {
    const { id } = await newOrder()
    const seen = await desk.see(id, factory)
    expect(seen).toMatchObject({
      note: 'Ring twice',
      deliveryAddress: { recipient: 'Ivan Petrov' },
      payments: [],
      customer: { email: null },
      allowedTransitions: ['SHIPPED'],
    })
    expect(seen.lines.map(({ generation }) => generation)).toEqual([null, null])
    expect(seen.lines[1]?.files).toHaveLength(1)
  })

  it('shows a designer of its items the order without address, note, payments and files', async () => {
    const { id } = await newOrder()
    const seen = await desk.see(id, desk.designer)
    expect(seen).toMatchObject({ note: null, deliveryAddress: null, payments: [], allowedTransitions: [] })
    expect(seen.lines.map(({ files, generation }) => [files, generation])).toEqual([
      [[], null],
      [[], null],
    ])
  })

  it('does not exist for anybody else, as an unknown one', async () => {
    const { id } = await newOrder()
    const designer = await openAccount(desk.server, 'DESIGNER')
    for (const { client } of [stranger, elsewhere, designer])
      for (const some of [id, newId()]) {
        const { errors, data } = await client.ask(ORDER, { id: some })
        expect([errors[0]?.extensions.code, data]).toEqual(['NOT_FOUND', { order: null }])
      }
    expect(await new TestClient(desk.server).codeOf(ORDER, { id })).toBe('UNAUTHENTICATED')
  })
})

describe('a change', () => {
  it('by strangers and other factories is of nothing that exists', async () => {
    const { id } = await newOrder()
    expect(await stranger.client.codeOf(CANCEL, { id })).toBe('NOT_FOUND')
    expect(await stranger.client.codeOf(COMPLETE, { id })).toBe('NOT_FOUND')
    expect(await stranger.client.codeOf(PAY, { input: { orderId: id } })).toBe('NOT_FOUND')
    expect(await elsewhere.client.codeOf(ADVANCE, { orderId: id, stage: 'IN_PROGRESS' })).toBe('NOT_FOUND')
    expect(await elsewhere.client.codeOf(SHIP, { orderId: id })).toBe('NOT_FOUND')
  })

  it('by a designer of its items, or by a role that never does it, is FORBIDDEN', async () => {
    const { id } = await newOrder()
    expect(await desk.designer.client.codeOf(CANCEL, { id })).toBe('FORBIDDEN')
    for (const { client } of [desk.customer, desk.designer]) {
      expect(await client.codeOf(SHIP, { orderId: id })).toBe('FORBIDDEN')
      expect(await client.codeOf(ADVANCE, { orderId: id, stage: 'IN_PROGRESS' })).toBe('FORBIDDEN')
      expect(await client.codeOf(ASSIGN, { orderId: id })).toBe('FORBIDDEN')
    }
    expect(await factory.client.codeOf(CANCEL, { id })).toBe('FORBIDDEN')
    const visitor = new TestClient(desk.server)
    for (const document of [CANCEL, COMPLETE]) expect(await visitor.codeOf(document, { id })).toBe('UNAUTHENTICATED')
  })

  it('by a guest stops at paying', async () => {
    const guest = await openAccount(desk.server)
    await desk.prisma.user.update({ where: { id: guest.id }, data: { isGuest: true } })
    const { id } = await desk.place({}, guest)
    expect(await guest.client.codeOf(PAY, { input: { orderId: id } })).toBe('FORBIDDEN')
  })
})

describe('orders', () => {
  const numbersOf = async (client: TestClient, variables: Record<string, unknown> = {}) => {
    const { orders } = await client.get<{
      orders: { nodes: OrderView[]; totalCount: number; pageInfo: { endCursor: string } }
    }>(ORDERS, variables)
    return orders
  }

  it("lists the own ones, the factory's, or all, newest first, page by page", async () => {
    const buyer = await openAccount(desk.server)
    const placed = []
    for (let count = 0; count < 5; count++) placed.push((await desk.place({}, buyer)).number)
    const first = await numbersOf(buyer.client, { first: 3 })
    const second = await numbersOf(buyer.client, { first: 3, after: first.pageInfo.endCursor })
    expect([...first.nodes, ...second.nodes].map(({ number }) => number)).toEqual(placed.reverse())
    expect(first.totalCount).toBe(5)
    expect((await numbersOf(elsewhere.client)).totalCount).toBe(0)
    const assigned = await desk.prisma.order.count({ where: { factoryId } })
    expect((await numbersOf(factory.client)).totalCount).toBe(assigned)
    expect((await numbersOf(manager.client)).totalCount).toBe(await desk.prisma.order.count())
    expect((await numbersOf(desk.designer.client)).totalCount).toBe(0)
  })

  it('are found by a part of the number in any case, status, time, factory, customer and lateness', async () => {
    const buyer = await openAccount(desk.server)
    const early = await desk.place({}, buyer)
    const late = await desk.place({}, buyer)
    await desk.prisma.order.update({
      where: { id: late.id },
      data: {
        status: 'PRODUCTION',
        factoryId,
        productionDeadline: new Date(Date.now() - 1_000),
        createdAt: new Date(Date.now() + 1_000),
      },
    })
    const found = async (filter: object, { client } = buyer) =>
      (await numbersOf(client, { filter })).nodes.map(({ id }) => id)
    expect(await found({ search: ` ${early.number.slice(-6).toLowerCase()} ` })).toEqual([early.id])
    expect(await found({ search: '%' })).toEqual([])
    expect(await found({ status: ['CREATED', 'PAID'] })).toEqual([early.id])
    expect(await found({ status: [] })).toEqual([late.id, early.id])
    expect(await found({ createdAfter: new Date().toISOString() })).toEqual([late.id])
    expect(await found({ createdBefore: new Date().toISOString() })).toEqual([early.id])
    expect(await found({ factoryId })).toEqual([late.id])
    expect(await found({ overdue: true })).toEqual([late.id])
    expect(await found({ overdue: false })).toEqual([early.id])
    expect(await found({ customerId: buyer.id }, manager)).toEqual([late.id, early.id])
    expect(await found({ customerId: buyer.id }, desk.customer)).toEqual([])
  })

  it('of a person and of a factory are for themselves and staff', async () => {
    const { id } = await newOrder()
    const THROUGH = /* GraphQL */ `
      query OrdersThroughOrder($id: UUID!) {
        order(id: $id) { customer { orders(first: 100) { nodes { id } } } factory { orders(first: 100) { nodes { id } } } }
      }`
    const codes = async (client: TestClient) =>
      (await client.ask(THROUGH, { id })).errors.map(({ path }) => path?.slice(1, 3).join('.'))
    expect(await codes(manager.client)).toEqual([])
    expect(await codes(desk.customer.client)).toEqual(['factory.orders'])
    expect(await codes(factory.client)).toEqual(['customer.orders'])
  })
})
