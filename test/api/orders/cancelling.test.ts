import { describe, expect, it } from 'vitest'
import { openAccount } from '../../testkit/account.js'
import { CANCEL, COMPLETE, PAY, SHIP } from './operations.js'
import { openOrderDesk } from './order-desk.js'

const desk = await openOrderDesk()
const factoryId = await desk.addFactory({ capacity: 100 })
const factory = await desk.staffOf(factoryId)
const manager = await openAccount(desk.server, 'MANAGER')
const { client } = desk.customer

const loadOf = async (id: string) => (await desk.prisma.factory.findUniqueOrThrow({ where: { id } })).currentLoad

describe('a CREATED order', () => {
  it('is cancelled by its customer, and none of its payments stays PENDING', async () => {
    const { id } = await desk.place()
    await client.get(PAY, { input: { orderId: id } })
    await client.get(PAY, { input: { orderId: id } })
    expect(await client.get(CANCEL, { id, reason: ' Changed my mind ' })).toMatchObject({
      cancelOrder: { status: 'CANCELLED', cancellationReason: 'Changed my mind', allowedTransitions: [] },
    })
    const { payments, history } = await desk.see(id)
    expect(payments.map(({ status }) => status)).toEqual(['CANCELED', 'CANCELED'])
    expect(history.at(-1)).toMatchObject({
      type: 'STATUS_CHANGED',
      fromStatus: 'CREATED',
      toStatus: 'CANCELLED',
      note: 'Changed my mind',
    })
  })

  it('has nothing to refund', async () => {
    const { id } = await desk.place()
    const { errors } = await manager.client.ask(CANCEL, { id, refundAmount: 100 })
    expect(errors[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', fields: [{ path: 'refundAmount' }] })
    expect((await desk.see(id)).status).toBe('CREATED')
  })
})

describe('a PAID order', () => {
  it('is cancelled with all its money back', async () => {
    await desk.closeFactories()
    const { id } = await desk.place()
    await desk.pay(id)
    await desk.until(id, ({ status }) => status === 'PAID')
    expect(await client.get(CANCEL, { id })).toMatchObject({ cancelOrder: { status: 'CANCELLED' } })
    const refunded = await desk.until(id, ({ history }) => history.some(({ type }) => type === 'REFUNDED'))
    expect(refunded.payments).toMatchObject([{ status: 'REFUNDED', refunded: { amount: 100_000 } }])
    await desk.prisma.factory.update({ where: { id: factoryId }, data: { isActive: true } })
  })

  it('leaves no attempt PENDING when it is cancelled', async () => {
    await desk.closeFactories()
    const { id } = await desk.place()
    await client.get(PAY, { input: { orderId: id } })
    await desk.pay(id)
    await desk.until(id, ({ status }) => status === 'PAID')
    await client.get(CANCEL, { id })
    const { payments } = await desk.until(id, ({ history }) => history.some(({ type }) => type === 'REFUNDED'))
    expect(payments.map(({ status }) => status).sort()).toEqual(['CANCELED', 'REFUNDED'])
    await desk.prisma.factory.update({ where: { id: factoryId }, data: { isActive: true } })
  })

  it('cannot be paid again, but the call that paid it can be repeated', async () => {
    const { id } = await desk.place()
    const input = { orderId: id, idempotencyKey: 'the same' }
    const { payOrder } = await client.get<{ payOrder: { id: string; confirmationUrl: string } }>(PAY, { input })
    await desk.checkout(payOrder.confirmationUrl)
    await desk.until(id, ({ status }) => status === 'PRODUCTION')
    expect(await client.get(PAY, { input })).toMatchObject({ payOrder: { id: payOrder.id, status: 'SUCCEEDED' } })
    expect(await client.codeOf(PAY, { input: { orderId: id } })).toBe('INVALID_TRANSITION')
  })
})

describe('an order in PRODUCTION', () => {
  it('is cancelled by staff alone, with the refund they choose, and its place at the factory is free', async () => {
    const { id } = await desk.placeAndPay()
    const before = await loadOf(factoryId)
    expect(await client.codeOf(CANCEL, { id })).toBe('INVALID_TRANSITION')
    for (const refundAmount of [0, -1, 100_001]) {
      const { errors } = await manager.client.ask(CANCEL, { id, refundAmount })
      expect(errors[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', fields: [{ path: 'refundAmount' }] })
    }
    await manager.client.get(CANCEL, { id, refundAmount: 40_000 })
    expect(await loadOf(factoryId)).toBe(before - 1)
    const refunded = await desk.until(id, ({ history }) => history.some(({ type }) => type === 'REFUNDED'))
    expect(refunded.payments).toMatchObject([{ status: 'PARTIALLY_REFUNDED', refunded: { amount: 40_000 } }])
  })
})

describe('what is finished', () => {
  it('is neither cancelled, nor completed twice, nor shipped again', async () => {
    const { id } = await desk.placeAndPay()
    expect(await client.codeOf(COMPLETE, { id })).toBe('INVALID_TRANSITION')
    await factory.client.get(SHIP, { orderId: id })
    expect(await factory.client.codeOf(SHIP, { orderId: id })).toBe('INVALID_TRANSITION')
    expect(await client.codeOf(CANCEL, { id })).toBe('INVALID_TRANSITION')
    await client.get(COMPLETE, { id })
    for (const document of [COMPLETE, CANCEL]) {
      expect(await client.codeOf(document, { id })).toBe('INVALID_TRANSITION')
      expect(await manager.client.codeOf(document, { id })).toBe('INVALID_TRANSITION')
    }
  })
})

it('cancelling and paying at the same moment end either cancelled with the money back, or paid', async () => {
  const outcomes = await Promise.all(
    Array.from({ length: 8 }, async () => {
      const { id } = await desk.place()
      const { payOrder } = await client.get<{ payOrder: { confirmationUrl: string } }>(PAY, { input: { orderId: id } })
      await Promise.all([desk.checkout(payOrder.confirmationUrl), client.ask(CANCEL, { id })])
      const done = await desk.until(id, ({ status, payments }) =>
        status === 'CANCELLED'
          ? payments.every(({ status: paid }) => paid === 'CANCELED' || paid === 'REFUNDED')
          : status === 'PRODUCTION',
      )
      return done.status
    }),
  )
  expect(outcomes.every((status) => status === 'CANCELLED' || status === 'PRODUCTION')).toBe(true)
})
