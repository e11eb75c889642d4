import { decodeJwt } from 'jose'
import { describe, expect, it } from 'vitest'
import { inTransaction } from '../../../src/platform/database/transaction.js'
import { openAccount, type TestAccount } from '../../testkit/account.js'
import { RawSocket } from '../../testkit/raw-socket.js'
import { startTestServer, type TestServer } from '../../testkit/server.js'
import { CANCEL, ORDER_LIVE, type OrderView } from '../orders/operations.js'
import { openOrderDesk } from '../orders/order-desk.js'
import { ME } from './operations.js'

const desk = await openOrderDesk()
const { server } = desk
const replica = await startTestServer({ databaseUrl: server.databaseUrl })

const tokenOf = ({ client }: TestAccount) => client.token ?? ''
const bearer = (account: TestAccount) => ({ headers: { authorization: `Bearer ${tokenOf(account)}` } })

/**
 * As an administrator changes an account: the row, and word to whoever watches its session. In the same moment something happens to
 * orders.
 */
const change = (
  account: TestAccount,
  data: Parameters<typeof desk.prisma.user.update>[0]['data'],
  orders: readonly OrderView[] = [],
) =>
  inTransaction(server.platform.database, async (tx) => {
    const { streams } = server.platform
    await tx.prisma.user.update({ where: { id: account.id }, data })
    await streams.signal(tx, `session:${decodeJwt(tokenOf(account)).sid}`)
    for (const { id: orderId } of orders) {
      const event = await tx.prisma.orderEvent.findFirstOrThrow({ where: { orderId } })
      await streams.append(tx, [`order:${orderId}`], event.id)
    }
  })

async function paidOrder(): Promise<OrderView> {
  const { id } = await desk.place()
  await desk.pay(id)
  await desk.until(id, ({ status }) => status === 'PAID')
  return desk.see(id)
}

/** A subscription that has delivered the last event. */
async function follow(account: TestAccount, { id, history }: OrderView, at: TestServer): Promise<RawSocket> {
  const socket = await RawSocket.connect(at.url, tokenOf(account))
  const variables = { orderId: id, after: history.at(-2)?.cursor }
  expect(await socket.ask('live', { query: ORDER_LIVE, variables })).toMatchObject({ type: 'next' })
  return socket
}

const heard = ({ received }: RawSocket) => received.filter(({ id }) => id === 'live').map(({ type }) => type)

describe('the socket of an account that may not do any more what it might', () => {
  it.each([
    ['whose role has changed', { role: 'USER' }, 4401, /has changed/],
    ['that was blocked', { blockedAt: new Date() }, 4403, /has ended/],
  ] as const)('%s closes on every replica, and brings nothing that happened after', async (_, data, code, reason) => {
    const staff = await openAccount(server, 'MANAGER')
    const orders = await Promise.all(Array.from({ length: 6 }, paidOrder))
    const sockets = await Promise.all(orders.map((order, index) => follow(staff, order, index % 2 ? replica : server)))
    const idle = await RawSocket.connect(server.url, tokenOf(staff))
    await change(staff, data, orders)
    await Promise.all(orders.map(({ id }) => desk.customer.client.get(CANCEL, { id })))
    expect(await Promise.all([idle, ...sockets].map(({ closed }) => closed))).toEqual(Array(7).fill(code))
    expect(idle.closeReason).toMatch(reason)
    // Neither an event nor the error that there may be no more: the code says it.
    expect(sockets.filter((__, index) => index % 2 === 0).map(heard)).toEqual(Array(3).fill(['next']))
    // The other replica hears no word of the change, and may hear of an order first: then the order's room says no.
    for (const socket of sockets) expect(heard(socket).filter((type) => type === 'next')).toHaveLength(1)
  })

  it('opens again with the rights of now', async () => {
    const staff = await openAccount(server, 'MANAGER')
    const order = await paidOrder()
    const socket = await follow(staff, order, server)
    await change(staff, { role: 'DESIGNER' })
    await socket.closed
    const again = await RawSocket.connect(server.url, tokenOf(staff))
    expect(await again.ask('me', { query: ME })).toMatchObject({ payload: { data: { me: { role: 'DESIGNER' } } } })
    const refused = await again.ask('live', { query: ORDER_LIVE, variables: { orderId: order.id } })
    expect(JSON.stringify(refused.payload)).toContain('NOT_FOUND')
    await again.close()
  })

  it('of several accounts closes when one of them may not', async () => {
    const [anna, boris] = await Promise.all([openAccount(server), openAccount(server)])
    const socket = await RawSocket.connect(server.url, tokenOf(anna))
    expect(await socket.ask('boris', { query: ME, extensions: bearer(boris) })).toMatchObject({ type: 'next' })
    await change(boris, { role: 'DESIGNER' })
    expect(await socket.closed).toBe(4401)
  })

  it('stays open when something else of the account has changed', async () => {
    const anna = await openAccount(server)
    const socket = await RawSocket.connect(server.url, tokenOf(anna))
    await change(anna, { displayName: 'Anna Smirnova' })
    await change(anna, { displayName: 'Anna' })
    expect(await socket.ask('me', { query: ME })).toMatchObject({ payload: { data: { me: { displayName: 'Anna' } } } })
    await socket.close()
  })
})
