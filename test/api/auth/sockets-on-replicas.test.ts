import { expect, it } from 'vitest'
import { openAccount } from '../../testkit/account.js'
import { RawSocket } from '../../testkit/raw-socket.js'
import { describeRedis, redisUrl } from '../../testkit/redis.js'
import { startTestServer, type TestServer } from '../../testkit/server.js'
import { addFactory } from '../../testkit/shop-rows.js'
import { openProgram, REVOKE_KEY } from './factory-desk.js'

const WITHIN_MS = 2_000

const SUBSCRIBE = { id: 'orders', type: 'subscribe', payload: { query: 'subscription { myOrdersChanged { type } }' } }
const SHUT_OUT = 'mutation ShutOut($userId: UUID!) { setUserBlocked(userId: $userId, blocked: true) { id } }'
const PROMOTE = 'mutation Promote($userId: UUID!) { setUserRole(userId: $userId, role: MANAGER) { id } }'

/** Sockets with and without a subscription, on every server. */
async function openSockets(servers: readonly TestServer[], token: string | null): Promise<RawSocket[]> {
  const sockets = await Promise.all(
    servers.flatMap(({ url }) => [RawSocket.connect(url, token), RawSocket.connect(url, token)]),
  )
  for (const [at, socket] of sockets.entries()) {
    if (at % 2 === 0) continue
    socket.send(SUBSCRIBE)
    // Answered after the subscription has begun.
    await socket.ask('me', { query: '{ me { id } }' })
  }
  return sockets
}

/** What the sockets are closed with, and that it happened in time. */
async function closedSoon(sockets: readonly RawSocket[], act: () => Promise<unknown>): Promise<number[]> {
  const startedAt = performance.now()
  await act()
  const codes = await Promise.all(sockets.map(({ closed }) => closed))
  expect(performance.now() - startedAt).toBeLessThan(WITHIN_MS)
  return codes
}

const servers: TestServer[] = []
if (redisUrl) {
  const server = await startTestServer({ env: { REDIS_URL: redisUrl } })
  servers.push(server, await startTestServer({ env: { REDIS_URL: redisUrl }, databaseUrl: server.databaseUrl }))
}
const [here] = servers as [TestServer]

describeRedis('on two servers over one Redis', () => {
  it('a block closes every socket of the account with 4403, and nobody else’s', async () => {
    const [admin, somebody, other] = [
      await openAccount(here, 'ADMIN'),
      await openAccount(here),
      await openAccount(here),
    ]
    const sockets = await openSockets(servers, somebody.client.token)
    const others = await openSockets(servers, other.client.token)
    const codes = await closedSoon(sockets, () => admin.client.get(SHUT_OUT, { userId: somebody.id }))
    expect(codes).toEqual([4403, 4403, 4403, 4403])
    for (const socket of others) {
      expect(await socket.ask('again', { query: '{ me { id } }' })).toMatchObject({ type: 'next' })
      await socket.close()
    }
  })

  it('revoking a key closes its sockets with 4403, and those of no other key', async () => {
    const admin = await openAccount(here, 'ADMIN')
    const factoryId = await addFactory(here.platform.database.prisma)
    const [gone, stays] = [
      await openProgram(here, admin.client, factoryId),
      await openProgram(here, admin.client, factoryId),
    ]
    const sockets = await openSockets(servers, gone.token)
    const others = await openSockets(servers, stays.token)
    const codes = await closedSoon(sockets, () => admin.client.get(REVOKE_KEY, { id: gone.id }))
    expect(codes).toEqual([4403, 4403, 4403, 4403])
    for (const socket of others) {
      expect(await socket.ask('again', { query: '{ me { id } }' })).toMatchObject({ type: 'next' })
      await socket.close()
    }
  })

  it('blocking the service account closes the sockets of all its keys', async () => {
    const admin = await openAccount(here, 'ADMIN')
    const factoryId = await addFactory(here.platform.database.prisma)
    const programs = [
      await openProgram(here, admin.client, factoryId),
      await openProgram(here, admin.client, factoryId),
    ] as const
    const sockets = (await Promise.all(programs.map(({ token }) => openSockets(servers, token)))).flat()
    const codes = await closedSoon(sockets, () => admin.client.get(SHUT_OUT, { userId: programs[0].userId }))
    expect(codes).toEqual(Array(8).fill(4403))
  })

  it('a new role closes every socket of the account with 4401, and the next have it', async () => {
    const [admin, somebody] = [await openAccount(here, 'ADMIN'), await openAccount(here)]
    const sockets = await openSockets(servers, somebody.client.token)
    const codes = await closedSoon(sockets, () => admin.client.get(PROMOTE, { userId: somebody.id }))
    expect(codes).toEqual([4401, 4401, 4401, 4401])
    for (const { url } of servers) {
      const socket = await RawSocket.connect(url, somebody.client.token)
      const me = await socket.ask('me', { query: '{ me { role } }' })
      expect(me.payload).toMatchObject({ data: { me: { role: 'MANAGER' } } })
      await socket.close()
    }
  })
})
