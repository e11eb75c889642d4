import { describe, expect, it } from 'vitest'
import { newId } from '../../../src/kernel/ids.js'
import { openAccount, type TestAccount } from '../../testkit/account.js'
import { TestClient } from '../../testkit/client.js'
import { startTestServer } from '../../testkit/server.js'
import { addAsset, addFactory, addItem, addOrder } from '../../testkit/shop-rows.js'
import { bodies, CHAT, type ChatView, type Message, openChatDesk, READ, SEND } from './chat-desk.js'

const server = await startTestServer()
const { prisma, customer, designer, factory, manager, stranger, ...desk } = await openChatDesk(server)
const { newOrder, send, chatOf, listen } = desk

describe('the participants of an order', () => {
  it('all talk in its chat, each as what they are', async () => {
    const orderId = await newOrder()
    const speak = async (account: TestAccount) => (await send(account, { orderId, body: 'Hello' })).senderRole
    expect(await speak(customer)).toBe('CUSTOMER')
    expect(await speak(designer)).toBe('DESIGNER')
    expect(await speak(factory)).toBe('FACTORY')
    expect(await speak(manager)).toBe('SUPPORT')
    for (const account of [customer, designer, factory, manager])
      expect((await chatOf(account, orderId)).messages.totalCount).toBe(4)
  })

  it('are the only ones: to others the order does not exist', async () => {
    const orderId = await newOrder()
    const elsewhere = await openAccount(server, 'FACTORY', { factoryId: await addFactory(prisma) })
    const another = await openAccount(server, 'DESIGNER')
    for (const { client } of [stranger, elsewhere, another]) {
      expect(await client.codeOf(SEND, { input: { orderId, body: 'Hello' } })).toBe('NOT_FOUND')
      expect(await client.codeOf(SEND, { input: { orderId: newId(), body: 'Hello' } })).toBe('NOT_FOUND')
      const live = listen({ client }, orderId)
      expect((await live.failure()).extensions.code).toBe('NOT_FOUND')
    }
    const visitor = new TestClient(server)
    expect(await visitor.codeOf(SEND, { input: { orderId, body: 'Hello' } })).toBe('UNAUTHENTICATED')
    expect((await listen({ client: visitor }, orderId).failure()).extensions.code).toBe('UNAUTHENTICATED')
    expect(await prisma.chatMessage.count({ where: { orderId } })).toBe(0)
  })
})

describe('sendMessage', () => {
  it('trims the body, keeps the order of attachments, and moves only the own read mark', async () => {
    const orderId = await newOrder()
    const attachmentIds = [await addAsset(prisma, customer.id), await addAsset(prisma, customer.id)].reverse()
    const sent = await send(customer, { orderId, body: '  Hello <b>there</b> 👋 ', attachmentIds })
    expect(sent).toMatchObject({
      orderId,
      body: 'Hello <b>there</b> 👋',
      sender: { id: customer.id },
      attachments: attachmentIds.map((id) => ({ id })),
      readBy: [],
      clientMessageId: null,
    })
    expect((await chatOf(customer, orderId)).unreadMessageCount).toBe(0)
    expect((await chatOf(designer, orderId)).unreadMessageCount).toBe(1)
  })

  it('refuses empty and long bodies, too many attachments and attachments of others', async () => {
    const orderId = await newOrder()
    const wrong = async (input: Record<string, unknown>) => {
      const { errors } = await customer.client.ask(SEND, { input: { orderId, body: 'Hello', ...input } })
      expect(errors[0]?.extensions.code).toBe('BAD_USER_INPUT')
      return errors[0]?.extensions.fields?.map(({ path }) => path)
    }
    expect(await wrong({ body: ' \n ' })).toEqual(['input.body'])
    expect(await wrong({ body: 'x'.repeat(2001) })).toEqual(['input.body'])
    expect(await wrong({ clientMessageId: '' })).toEqual(['input.clientMessageId'])
    expect(await wrong({ attachmentIds: Array(11).fill(orderId) })).toEqual(['input.attachmentIds'])
    const own = await addAsset(prisma, customer.id)
    expect(await wrong({ attachmentIds: [own, await addAsset(prisma, designer.id), newId()] })).toEqual([
      'input.attachmentIds.1',
      'input.attachmentIds.2',
    ])
    expect(await customer.client.codeOf(SEND, { input: { orderId, body: 'x'.repeat(2000) } })).toBe('ok')
    expect((await chatOf(customer, orderId)).messages.totalCount).toBe(1)
  })

  it('changes nothing when it is sent again, one after another or all at once', async () => {
    const orderId = await newOrder()
    const input = { orderId, body: 'Once', clientMessageId: 'c-1' }
    const first = await send(customer, input)
    expect(await send(customer, { ...input, body: 'Twice' })).toEqual(first)
    const parallel = await Promise.all(
      Array.from({ length: 10 }, (_, n) => send(customer, { orderId, body: `Try ${n}`, clientMessageId: 'c-2' })),
    )
    expect(new Set(parallel.map(({ id, body }) => `${id} ${body}`)).size).toBe(1)
    // Each sender has names of their own.
    await send(designer, { orderId, body: 'Mine', clientMessageId: 'c-1' })
    await send(customer, { orderId, body: 'Next' })
    const stored = await prisma.chatMessage.findMany({ where: { orderId }, orderBy: { number: 'asc' } })
    expect(stored.map(({ number }) => number)).toEqual([1n, 2n, 3n, 4n])
  })
})

describe('chatMessageAdded', () => {
  it('gives fifty messages of the same moment to every subscriber once, in order, without a hole', async () => {
    const orderId = await newOrder()
    const { lastMessageCursor } = await chatOf(customer, orderId)
    const early = [customer, designer, factory, manager].map((account) => listen(account, orderId, lastMessageCursor))
    const senders = [customer, designer, factory, manager]
    const sending = Array.from({ length: 50 }, (_, n) =>
      send(senders[n % 4] as TestAccount, { orderId, body: `Message ${n}` }),
    )
    await Promise.all(sending.slice(0, 20))
    const late = listen(customer, orderId, lastMessageCursor)
    await Promise.all(sending)
    const stored = await prisma.chatMessage.findMany({ where: { orderId }, orderBy: { number: 'asc' } })
    expect(stored.map(({ number }) => number)).toEqual(stored.map((_, n) => BigInt(n + 1)))
    for (const subscription of [...early, late]) {
      const received = await subscription.until(({ length }) => length >= 50)
      expect(bodies(received)).toEqual(stored.map(({ body }) => body))
    }
  })

  it('goes on after any cursor of the chat: of a message, of a page, or of the end', async () => {
    const orderId = await newOrder()
    const sent: Message[] = []
    for (const body of ['one', 'two', 'three']) sent.push(await send(customer, { orderId, body }))
    const chat = await chatOf(customer, orderId, { first: 2 })
    const { startCursor, endCursor } = chat.messages.pageInfo
    expect(startCursor).toBe(sent[0]?.cursor)
    expect(endCursor).toBe(sent[1]?.cursor)
    expect(chat.lastMessageCursor).toBe(sent[2]?.cursor)
    const ends = [
      listen(customer, orderId, sent[0]?.cursor),
      listen(designer, orderId, endCursor),
      listen(factory, orderId, chat.lastMessageCursor),
    ]
    await Promise.all([ends[0]?.until(({ length }) => length === 2), ends[1]?.until(({ length }) => length === 1)])
    await send(manager, { orderId, body: 'four' })
    const expected = [['two', 'three', 'four'], ['three', 'four'], ['four']]
    for (const [n, subscription] of ends.entries()) {
      const want = expected[n] ?? []
      expect(bodies(await subscription.until(({ length }) => length >= want.length))).toEqual(want)
    }
  })

  it('refuses the cursor of another chat, as do the pages and the read mark', async () => {
    const [orderId, otherId] = [await newOrder(), await newOrder()]
    const { cursor } = await send(customer, { orderId: otherId, body: 'Elsewhere' })
    const failure = await listen(customer, orderId, cursor).failure()
    expect(failure.extensions).toMatchObject({ code: 'BAD_USER_INPUT', fields: [{ path: 'after' }] })
    expect(await customer.client.codeOf(CHAT, { id: orderId, after: cursor })).toBe('BAD_USER_INPUT')
    expect(await customer.client.codeOf(READ, { orderId, upTo: cursor })).toBe('BAD_USER_INPUT')
  })

  it('ends for a factory that the order is taken from', async () => {
    const orderId = await newOrder()
    const { lastMessageCursor } = await chatOf(factory, orderId)
    const live = listen(factory, orderId, lastMessageCursor)
    await send(customer, { orderId, body: 'For you' })
    await live.until(({ length }) => length === 1)
    await prisma.order.update({ where: { id: orderId }, data: { factoryId: null } })
    await send(customer, { orderId, body: 'Not for you' })
    expect((await live.failure()).extensions.code).toBe('NOT_FOUND')
    expect(bodies(live.received)).toEqual(['For you'])
  })

  it('ends for a manager who is one no longer', async () => {
    const former = await openAccount(server, 'MANAGER')
    const orderId = await newOrder()
    const { lastMessageCursor } = await chatOf(former, orderId)
    const live = listen(former, orderId, lastMessageCursor)
    await send(customer, { orderId, body: 'Before' })
    await live.until(({ length }) => length === 1)
    await prisma.user.update({ where: { id: former.id }, data: { role: 'USER' } })
    await send(customer, { orderId, body: 'After' })
    await live.failure()
    expect(bodies(live.received)).toEqual(['Before'])
  })
})

describe('the messages of an order', () => {
  it('are paged from either end while messages are added', async () => {
    const orderId = await newOrder()
    for (let n = 1; n <= 7; n++) await send(customer, { orderId, body: String(n) })
    const texts = (chat: ChatView) => chat.messages.nodes.map(({ body }) => body).join('')
    const end = await chatOf(customer, orderId, { last: 3 })
    expect(texts(end)).toBe('567')
    expect(end.messages).toMatchObject({ totalCount: 7, pageInfo: { hasPreviousPage: true, hasNextPage: false } })
    await send(customer, { orderId, body: '8' })
    const before = await chatOf(customer, orderId, { last: 3, before: end.messages.pageInfo.startCursor })
    expect(texts(before)).toBe('234')
    const after = await chatOf(customer, orderId, { first: 3, after: end.messages.pageInfo.endCursor })
    expect(texts(after)).toBe('8')
    expect(texts(await chatOf(customer, orderId))).toBe('12345678')
  })

  it('are unread until they are marked, and then read by name', async () => {
    const orderId = await newOrder()
    const [first, second] = [
      await send(customer, { orderId, body: 'One' }),
      await send(customer, { orderId, body: 'Two' }),
    ]
    const marked = async (upTo: string) =>
      (await designer.client.get<{ markChatRead: { unreadMessageCount: number } }>(READ, { orderId, upTo }))
        .markChatRead.unreadMessageCount
    expect(await marked(first.cursor)).toBe(1)
    expect(await marked(second.cursor)).toBe(0)
    expect(await marked(first.cursor)).toBe(0)
    const { messages } = await chatOf(customer, orderId)
    expect(messages.nodes.map(({ readBy }) => readBy)).toEqual([[{ id: designer.id }], [{ id: designer.id }]])
    expect(await stranger.client.codeOf(READ, { orderId, upTo: first.cursor })).toBe('NOT_FOUND')
  })

  it('come with a list of orders in the same statement', async () => {
    const buyer = await openAccount(server)
    const itemId = await addItem(prisma, { designerId: designer.id })
    const orders: string[] = []
    for (let n = 0; n < 20; n++) orders.push(await addOrder(prisma, { customerId: buyer.id, itemIds: [itemId] }))
    const query = /* GraphQL */ `
      query Orders { orders(first: 20) { nodes { id lastMessageCursor messages(last: 1) { nodes { body cursor sender { displayName } } } } } }`
    const measure = async () => {
      // Who the viewer is was asked just now, so it is not asked again.
      await buyer.client.get(query)
      return server.statements.during(() => buyer.client.get(query))
    }
    const quiet = await measure()
    for (const orderId of orders) await send(buyer, { orderId, body: 'Hello' })
    const busy = await measure()
    expect(busy).toHaveLength(quiet.length)
    expect(busy.filter((sql) => sql.includes('chat_messages'))).toHaveLength(1)
  })
})
