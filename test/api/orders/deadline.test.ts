import { describe, expect, it } from 'vitest'
import { enqueue } from '../../../src/platform/jobs/job-queue.js'
import { openAccount } from '../../testkit/account.js'
import { ORDERS, SET_DEADLINE, SHIP } from './operations.js'
import { openOrderDesk } from './order-desk.js'

const desk = await openOrderDesk()
const manager = await openAccount(desk.server, 'MANAGER')
const factoryId = await desk.addFactory({ capacity: 50 })
const factory = await desk.staffOf(factoryId)
const DAY = 86_400_000
const days = (count: number) => new Date(Date.now() + count * DAY).toISOString()

const TOLD = /* GraphQL */ `
  query DeadlineTold { me { notifications(first: 50) { nodes { title order { id } } } } }`

type Told = { me: { notifications: { nodes: { title: string; order: { id: string } }[] } } }
const toldOf = async (orderId: string, { client }: typeof manager) =>
  (await client.get<Told>(TOLD)).me.notifications.nodes.filter(({ order }) => order?.id === orderId)

describe('a deadline', () => {
  it('is changed by staff, which is an event that its customer and its factory hear', async () => {
    const { id } = await desk.placeAndPay()
    const deadline = days(3)
    expect(await manager.client.get(SET_DEADLINE, { orderId: id, deadline })).toEqual({
      setProductionDeadline: { id, productionDeadline: deadline },
    })
    const { history } = await desk.see(id)
    expect(history.at(-1)).toMatchObject({
      type: 'DEADLINE_CHANGED',
      actor: { id: manager.id },
      toStatus: 'PRODUCTION',
    })
    await manager.client.get(SET_DEADLINE, { orderId: id, deadline })
    expect((await desk.see(id)).history).toHaveLength(history.length)
    const deeds = await desk.prisma.auditEntry.findMany({ where: { subjectId: id, action: 'order.deadline' } })
    expect(deeds).toMatchObject([{ actorId: manager.id, changes: { productionDeadline: { to: deadline } } }])
  })

  it.each([
    ['in the past', days(-1)],
    ['a year away', days(366)],
  ])('%s is refused', async (_, deadline) => {
    const { id } = await desk.placeAndPay()
    const { errors } = await manager.client.ask(SET_DEADLINE, { orderId: id, deadline })
    expect(errors[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', fields: [{ path: 'deadline' }] })
  })

  it('is changed in PRODUCTION only', async () => {
    const { id } = await desk.place()
    expect(await manager.client.codeOf(SET_DEADLINE, { orderId: id, deadline: days(3) })).toBe('INVALID_TRANSITION')
    expect(await manager.client.codeOf(SET_DEADLINE, { orderId: manager.id, deadline: days(3) })).toBe('NOT_FOUND')
  })
})

describe('an order that is late', () => {
  const late = async () => {
    const { id } = await desk.placeAndPay()
    await desk.prisma.order.update({ where: { id }, data: { productionDeadline: new Date(Date.now() - 60_000) } })
    return id
  }
  const tell = () => Promise.all([1, 2, 3].map((n) => enqueue({ prisma: desk.prisma }, 'tell-overdue-orders', { n })))

  it('is listed to its factory and to staff until it is shipped, and to nobody else', async () => {
    const [id, other] = [await late(), await desk.placeAndPay()]
    const stranger = await desk.staffOf(await desk.addFactory({ isActive: false }))
    const listed = async ({ client }: typeof manager) =>
      (
        await client.get<{ orders: { nodes: { id: string }[] } }>(ORDERS, { filter: { overdue: true } })
      ).orders.nodes.map((order) => order.id)
    for (const person of [manager, factory, desk.customer]) {
      expect(await listed(person)).toContain(id)
      expect(await listed(person)).not.toContain(other.id)
    }
    expect(await listed(stranger)).toEqual([])
    await factory.client.get(SHIP, { orderId: id })
    expect(await listed(manager)).not.toContain(id)
  })

  it('is told to its factory and to MANAGERs once for each deadline', async () => {
    const id = await late()
    await tell()
    await expect.poll(() => toldOf(id, manager), { timeout: 30_000 }).toHaveLength(1)
    await tell()
    await tell()
    const left = () =>
      desk.prisma.$queryRaw`select id from graphile_worker.jobs where task_identifier = 'tell-overdue-orders'`
    await expect.poll(left, { timeout: 30_000 }).toEqual([])
    // Its factory was told of the assignment, too.
    expect([(await toldOf(id, manager)).length, (await toldOf(id, factory)).length]).toEqual([1, 2])

    await desk.prisma.order.update({ where: { id }, data: { productionDeadline: new Date(Date.now() - 30_000) } })
    await tell()
    await expect.poll(() => toldOf(id, manager), { timeout: 30_000 }).toHaveLength(2)
  })
})

describe('a number', () => {
  it.each([
    ['as it stands', (number: string) => number],
    ['in lower case and without dashes', (number: string) => number.toLowerCase().replaceAll('-', '')],
    ['as it is read out', (number: string) => ` ${number.replaceAll('-', ' ')} `],
    ['by its last letters', (number: string) => number.slice(-6)],
  ])('is found %s, by each who may see the order', async (_, typed) => {
    const { id, number } = await desk.placeAndPay()
    const stranger = await openAccount(desk.server)
    const found = async ({ client }: typeof manager) =>
      (await client.get<{ orders: { nodes: { id: string }[] } }>(ORDERS, { filter: { search: typed(number) } })).orders
        .nodes
    for (const person of [manager, factory, desk.customer]) expect(await found(person)).toMatchObject([{ id }])
    expect(await found(stranger)).toEqual([])
  })

  it('is found through an index', async () => {
    const plan = await desk.prisma.$transaction(async (tx) => {
      await tx.$executeRaw`set local enable_seqscan = off`
      return tx.$queryRaw`explain select id from orders t where replace(t.number, '-', '') like '%7F3K9Q%'`
    })
    expect(JSON.stringify(plan)).toContain('orders_number_letters_idx')
  })
})
