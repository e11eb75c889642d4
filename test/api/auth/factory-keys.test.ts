import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { newId } from '../../../src/kernel/ids.js'
import { openAccount } from '../../testkit/account.js'
import { TestClient } from '../../testkit/client.js'
import { RawSocket } from '../../testkit/raw-socket.js'
import { startTestServer } from '../../testkit/server.js'
import { addFactory, addItem, addOrder } from '../../testkit/shop-rows.js'
import { ISSUE_KEY, issueKey, KEYS, keysOf, openProgram, REVOKE_KEY, WHOAMI } from './factory-desk.js'
import { LOGOUT } from './operations.js'
import { DISABLE, ENROLL, StandingClock } from './second-factors.js'

// What is remembered of a key does not grow old while this clock stands still.
const clock = new StandingClock()
const server = await startTestServer({ clock })
const replica = await startTestServer({ databaseUrl: server.databaseUrl })
const { prisma } = server.platform.database
const admin = await openAccount(server, 'ADMIN')
const designer = await openAccount(server, 'DESIGNER')
const customer = await openAccount(server)

const ORDERS = 'query KeyOrders { orders { nodes { id } } }'
const ordersOf = async (client: TestClient) =>
  (await client.get<{ orders: { nodes: { id: string }[] } }>(ORDERS)).orders.nodes.map(({ id }) => id)

async function assignedOrder(factoryId: string): Promise<string> {
  const itemIds = [await addItem(prisma, { designerId: designer.id })]
  return addOrder(prisma, {
    customerId: customer.id,
    itemIds,
    factoryId,
    status: 'PRODUCTION',
    productionStage: 'QUEUED',
  })
}

describe('issuing a key', () => {
  it('shows it once, and keeps its hash and its beginning', async () => {
    const factoryId = await addFactory(prisma)
    const token = await issueKey(admin.client, factoryId)
    expect(token).toMatch(/^adtime_fk_[a-z2-9]{8}_[\w-]{43}$/)
    const [key] = await keysOf(admin.client, factoryId)
    expect(key).toMatchObject({ prefix: token.slice(0, 18), createdAt: clock.now().toISOString() })
    expect(key).toMatchObject({ lastUsedAt: null, revokedAt: null })
    const row = await prisma.factoryKey.findUniqueOrThrow({ where: { id: key?.id ?? '' } })
    expect(Buffer.from(row.tokenHash).equals(createHash('sha256').update(token).digest())).toBe(true)
    expect(JSON.stringify(row)).not.toContain(token.slice(19))
  })

  it('makes the service account of the factory with its first key, and one account only', async () => {
    const factoryId = await addFactory(prisma)
    const tokens = await Promise.all(Array.from({ length: 10 }, () => issueKey(admin.client, factoryId)))
    expect(new Set(tokens).size).toBe(10)
    const accounts = await prisma.user.findMany({ where: { factoryId }, include: { credential: true } })
    expect(accounts).toMatchObject([
      { displayName: 'A factory', role: 'FACTORY', isMachine: true, isGuest: false, email: null, credential: null },
    ])
  })

  it('is a CONFLICT with twenty living keys, fifty at once or not; a revoked one makes room', async () => {
    const factoryId = await addFactory(prisma)
    const codes = await Promise.all(Array.from({ length: 50 }, () => admin.client.codeOf(ISSUE_KEY, { factoryId })))
    expect(codes.filter((code) => code === 'ok')).toHaveLength(20)
    expect(codes.filter((code) => code === 'CONFLICT')).toHaveLength(30)
    const [key] = await keysOf(admin.client, factoryId)
    await admin.client.get(REVOKE_KEY, { id: key?.id })
    expect(await admin.client.codeOf(ISSUE_KEY, { factoryId })).toBe('ok')
    expect(await admin.client.codeOf(ISSUE_KEY, { factoryId })).toBe('CONFLICT')
  })

  it('is NOT_FOUND for a factory that nobody knows', async () => {
    expect(await admin.client.codeOf(ISSUE_KEY, { factoryId: newId() })).toBe('NOT_FOUND')
    expect(await admin.client.codeOf(KEYS, { factoryId: newId() })).toBe('NOT_FOUND')
    expect(await admin.client.codeOf(REVOKE_KEY, { id: newId() })).toBe('NOT_FOUND')
  })

  it('is for ADMIN alone, as are the list and revoking', async () => {
    const factoryId = await addFactory(prisma)
    const { id, client } = await openProgram(server, admin.client, factoryId)
    const manager = await openAccount(server, 'MANAGER')
    const staff = await openAccount(server, 'FACTORY', { factoryId })
    for (const who of [manager.client, staff.client, customer.client, client]) {
      expect(await who.codeOf(ISSUE_KEY, { factoryId })).toBe('FORBIDDEN')
      expect(await who.codeOf(KEYS, { factoryId })).toBe('FORBIDDEN')
      expect(await who.codeOf(REVOKE_KEY, { id })).toBe('FORBIDDEN')
    }
    expect(await new TestClient(server).codeOf(ISSUE_KEY, { factoryId })).toBe('UNAUTHENTICATED')
  })

  it('and revoking it are written down, without its secret', async () => {
    const factoryId = await addFactory(prisma)
    const { id, token } = await openProgram(server, admin.client, factoryId)
    await admin.client.get(REVOKE_KEY, { id })
    await admin.client.get(REVOKE_KEY, { id })
    const deeds = await prisma.auditEntry.findMany({ where: { subjectId: id }, orderBy: { id: 'asc' } })
    expect(deeds).toMatchObject([
      { action: 'factory-key.issue', actorId: admin.id, subjectType: 'FactoryKey', ip: admin.client.address },
      { action: 'factory-key.revoke', actorId: admin.id, subjectType: 'FactoryKey', ip: admin.client.address },
    ])
    expect(JSON.stringify(deeds)).not.toContain(token.slice(19))
  })
})

describe('a key', () => {
  it('acts as its factory: sees the orders assigned to it and produces them, and no others', async () => {
    const [own, foreign] = [await addFactory(prisma), await addFactory(prisma)]
    const [mine, theirs] = [await assignedOrder(own), await assignedOrder(foreign)]
    const { client } = await openProgram(server, admin.client, own)
    const ADVANCE =
      'mutation KeyAdvance($id: UUID!) { advanceProduction(orderId: $id, stage: IN_PROGRESS) { productionStage } }'
    expect(await ordersOf(client)).toEqual([mine])
    expect(await client.codeOf(ADVANCE, { id: theirs })).toBe('NOT_FOUND')
    expect(await client.codeOf(ADVANCE, { id: mine })).toBe('ok')
    const { me } = await client.get<{ me: object }>(WHOAMI)
    expect(me).toMatchObject({ displayName: 'A factory', role: 'FACTORY', email: null, isGuest: false })
  })

  it('opens sockets, in the connection and in GraphiQL’s headers', async () => {
    const { token, userId } = await openProgram(server, admin.client, await addFactory(prisma))
    const answer = { payload: { data: { me: { id: userId } } } }
    const introduced = await RawSocket.connect(server.url, token)
    expect(await introduced.ask('1', { query: '{ me { id } }' })).toMatchObject(answer)
    const later = await RawSocket.connect(server.url)
    const headers = { Authorization: `Bearer ${token}` }
    expect(await later.ask('1', { query: '{ me { id } }', extensions: { headers } })).toMatchObject(answer)
    await Promise.all([introduced.close(), later.close()])
  })

  it('may do nothing that is a person’s', async () => {
    const { client } = await openProgram(server, admin.client, await addFactory(prisma))
    for (const [document, variables] of [
      [LOGOUT, {}],
      [ENROLL, {}],
      [DISABLE, { code: '123456' }],
    ] as const)
      expect(await client.codeOf(document, variables)).toBe('FORBIDDEN')
  })

  it.for([
    ['another secret', (token: string) => `${token.slice(0, -1)}${token.endsWith('A') ? 'B' : 'A'}`],
    [
      'another prefix',
      (token: string) =>
        token.replace(/^adtime_fk_./, (start) => `${start.slice(0, -1)}${start.endsWith('a') ? 'b' : 'a'}`),
    ],
    ['its beginning', (token: string) => token.slice(0, 18)],
    ['more than it', (token: string) => `${token}A`],
    ['its hash', (token: string) => `adtime_fk_aaaaaaaa_${createHash('sha256').update(token).digest('base64url')}`],
    ['capitals', (token: string) => token.toUpperCase()],
  ] as const)('is not %s', async ([, altered]) => {
    const { token } = await openProgram(server, admin.client, await addFactory(prisma))
    expect(await new TestClient(server, altered(token)).codeOf(ORDERS)).toBe('UNAUTHENTICATED')
    expect(await new TestClient(server, token).codeOf(ORDERS)).toBe('ok')
  })

  it('has its use written down, once a minute, after the answer', async () => {
    const factoryId = await addFactory(prisma)
    const { id, client } = await openProgram(server, admin.client, factoryId)
    const noted = async () => (await prisma.factoryKey.findUniqueOrThrow({ where: { id } })).lastUsedAt?.getTime()
    const first = clock.now().getTime()
    await client.get(WHOAMI)
    await expect.poll(noted).toBe(first)
    clock.pass(59_999)
    const statements = await server.statements.during(() => client.get(WHOAMI))
    expect(statements.filter((text) => text.includes('factory_keys'))).toEqual([])
    clock.pass(1)
    await client.get(WHOAMI)
    await expect.poll(noted).toBe(first + 60_000)
  })
})

describe('a revoked key', () => {
  it('is refused at once, at other servers within seconds, and says since when', async () => {
    const factoryId = await addFactory(prisma)
    const { id, token, client } = await openProgram(server, admin.client, factoryId)
    const away = new TestClient(replica, token)
    expect([await client.codeOf(ORDERS), await away.codeOf(ORDERS)]).toEqual(['ok', 'ok'])
    const { revokeFactoryKey } = await admin.client.get<{ revokeFactoryKey: object }>(REVOKE_KEY, { id })
    expect(await client.codeOf(ORDERS)).toBe('UNAUTHENTICATED')
    await expect.poll(() => away.codeOf(ORDERS), { timeout: 3_000 }).toBe('UNAUTHENTICATED')
    clock.pass(1_000)
    expect(await admin.client.get(REVOKE_KEY, { id })).toEqual({ revokeFactoryKey })
    expect(await keysOf(admin.client, factoryId)).toEqual([revokeFactoryKey])
  })

  it('leaves the other keys of its factory', async () => {
    const factoryId = await addFactory(prisma)
    const [gone, stays] = [
      await openProgram(server, admin.client, factoryId),
      await openProgram(server, admin.client, factoryId),
    ]
    const socket = await RawSocket.connect(server.url, stays.token)
    const ended = await RawSocket.connect(server.url, gone.token)
    await admin.client.get(REVOKE_KEY, { id: gone.id })
    expect(await ended.closed).toBe(4403)
    expect(await socket.ask('1', { query: '{ me { id } }' })).toMatchObject({ type: 'next' })
    await socket.close()
    expect(await stays.client.codeOf(ORDERS)).toBe('ok')
  })

  it('is listed after a hundred, the living ones all', async () => {
    const factoryId = await addFactory(prisma)
    const { id: livingId, userId } = await openProgram(server, admin.client, factoryId)
    const now = clock.now()
    const more = { factoryId, userId, prefix: 'adtime_fk_old', createdById: admin.id, createdAt: now, revokedAt: now }
    await prisma.factoryKey.createMany({
      data: Array.from({ length: 120 }, (_, number) => {
        const id = newId()
        return { ...more, id, tokenHash: new Uint8Array(createHash('sha256').update(`${id}${number}`).digest()) }
      }),
    })
    const keys = await keysOf(admin.client, factoryId)
    expect(keys).toHaveLength(100)
    expect(keys.filter(({ revokedAt }) => revokedAt === null).map(({ id }) => id)).toEqual([livingId])
    expect(keys.map(({ id }) => id)).toEqual(
      keys
        .map(({ id }) => id)
        .sort()
        .reverse(),
    )
  })
})

describe('the service account of a factory', () => {
  it.for(['blockedAt', 'deletedAt'] as const)('takes its keys with it when it has %s', async (field) => {
    const { token, userId } = await openProgram(server, admin.client, await addFactory(prisma))
    await prisma.user.update({ where: { id: userId }, data: { [field]: new Date() } })
    expect(await new TestClient(server, token).codeOf(ORDERS)).toBe('UNAUTHENTICATED')
  })

  it('gets no more keys while it is blocked', async () => {
    const factoryId = await addFactory(prisma)
    const { userId } = await openProgram(server, admin.client, factoryId)
    await prisma.user.update({ where: { id: userId }, data: { blockedAt: new Date() } })
    expect(await admin.client.codeOf(ISSUE_KEY, { factoryId })).toBe('CONFLICT')
  })
})
