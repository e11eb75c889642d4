import { afterEach, describe, expect, it } from 'vitest'
import type { TestAccount } from '../../testkit/account.js'
import { TestClient, type TestSubscription } from '../../testkit/client.js'
import { redisUrl } from '../../testkit/redis.js'
import { startTestServer } from '../../testkit/server.js'
import { openChatDesk } from './chat-desk.js'

const TYPE = /* GraphQL */ `
  mutation SetTyping($orderId: UUID!, $isTyping: Boolean!) { setTyping(orderId: $orderId, isTyping: $isTyping) }`
const TYPING = /* GraphQL */ `
  subscription ChatTyping($orderId: UUID!) { chatTyping(orderId: $orderId) { orderId isTyping user { id displayName } } }`

interface Signal {
  readonly chatTyping: { readonly orderId: string; readonly isTyping: boolean; readonly user: { readonly id: string } }
}

const env = redisUrl ? { REDIS_URL: redisUrl } : {}
const server = await startTestServer({ env })
// Where there is no Redis, one process is all there is.
const other = redisUrl ? await startTestServer({ env, databaseUrl: server.databaseUrl }) : server
const { prisma, customer, designer, factory, stranger, newOrder } = await openChatDesk(server)

const open: TestSubscription<Signal>[] = []
afterEach(async () => {
  await Promise.all(open.splice(0).map((subscription) => subscription.close()))
})
const at = (replica: typeof server, { client }: TestAccount) => new TestClient(replica, client.token)
const watch = (client: TestClient, orderId: string) => {
  const subscription = client.subscribe<Signal, object>(TYPING, { orderId })
  open.push(subscription)
  return subscription
}
const type = ({ client }: TestAccount, orderId: string, isTyping = true) => client.get(TYPE, { orderId, isTyping })
/** Says it until it is heard: nothing tells a client that its subscription stands. */
async function typeUntilHeard(account: TestAccount, orderId: string, subscription: TestSubscription<Signal>) {
  await expect
    .poll(
      async () => {
        await type(account, orderId)
        return subscription.received.length
      },
      { timeout: 30_000, interval: 300 },
    )
    .toBeGreaterThan(0)
}
const told = ({ received }: TestSubscription<Signal>) =>
  received.map(({ chatTyping: { user, isTyping } }) => [user.id, isTyping])

describe('chatTyping', () => {
  it('tells the others at any server who begins and who stops, once each, and nobody of themselves', async () => {
    const orderId = await newOrder()
    const [far, own] = [watch(at(other, designer), orderId), watch(customer.client, orderId)]
    await typeUntilHeard(customer, orderId, far)
    await type(customer, orderId)
    await type(customer, orderId, false)
    await far.until((received) => received.length === 2)
    await typeUntilHeard(factory, orderId, own)
    await far.until((received) => received.length === 3)
    expect(told(far)).toEqual([
      [customer.id, true],
      [customer.id, false],
      [factory.id, true],
    ])
    expect(told(own)).toEqual([[factory.id, true]])
    expect(far.received[0]?.chatTyping.orderId).toBe(orderId)
  })

  it('says that somebody stopped who is heard of no more', async () => {
    const orderId = await newOrder()
    const seen = watch(designer.client, orderId)
    await typeUntilHeard(customer, orderId, seen)
    await expect
      .poll(() => told(seen), { timeout: 30_000 })
      .toEqual([
        [customer.id, true],
        [customer.id, false],
      ])
  })

  it('is for those who take part, as long as they do', async () => {
    const orderId = await newOrder()
    expect(await stranger.client.codeOf(TYPE, { orderId, isTyping: true })).toBe('NOT_FOUND')
    expect((await watch(stranger.client, orderId).failure()).extensions.code).toBe('NOT_FOUND')
    const seen = watch(factory.client, orderId)
    await typeUntilHeard(customer, orderId, seen)
    const { factoryId } = await prisma.order.findUniqueOrThrow({ where: { id: orderId } })
    await prisma.order.update({ where: { id: orderId }, data: { factoryId: null } })
    await type(customer, orderId, false)
    expect((await seen.failure()).extensions.code).toBe('NOT_FOUND')
    expect(told(seen)).toEqual([[customer.id, true]])
    await prisma.order.update({ where: { id: orderId }, data: { factoryId } })
  })

  it('keeps nothing', async () => {
    const orderId = await newOrder()
    const before = await prisma.streamEvent.count()
    await type(customer, orderId)
    expect(await prisma.streamEvent.count()).toBe(before)
    expect(await prisma.eventStream.count({ where: { name: { startsWith: 'typing' } } })).toBe(0)
  })

  it('is limited to sixty signals a minute', async () => {
    const orderId = await newOrder()
    const codes = []
    for (let count = 0; count <= 60; count++)
      codes.push(await designer.client.codeOf(TYPE, { orderId, isTyping: true }))
    expect(codes.at(-1)).toBe('RATE_LIMITED')
    expect(codes.slice(0, 50)).toEqual(Array(50).fill('ok'))
  })
})
