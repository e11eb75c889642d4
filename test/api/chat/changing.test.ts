import { describe, expect, it } from 'vitest'
import type { Clock } from '../../../src/kernel/clock.js'
import { newId } from '../../../src/kernel/ids.js'
import { openAccount, type TestAccount } from '../../testkit/account.js'
import { TestClient } from '../../testkit/client.js'
import { startTestServer } from '../../testkit/server.js'
import { addAsset, addItem, addOrder } from '../../testkit/shop-rows.js'
import { DELETE, EDIT, type Message, openChatDesk, READ, SEND } from './chat-desk.js'

const MINUTE = 60_000

let ahead = 0
const clock: Clock = { now: () => new Date(Date.now() + ahead) }
const server = await startTestServer({ clock })
const { prisma, customer, designer, factory, manager, stranger, newOrder, send, chatOf, listen } =
  await openChatDesk(server)

const edit = async ({ client }: TestAccount, id: string, body: string) =>
  (await client.get<{ editMessage: Message }>(EDIT, { id, body })).editMessage
const remove = async ({ client }: TestAccount, id: string) =>
  (await client.get<{ deleteMessage: Message & { deletedBy: { id: string } } }>(DELETE, { id })).deleteMessage
const editCode = ({ client }: TestAccount, id: string, body = 'Else') => client.codeOf(EDIT, { id, body })
const removeCode = ({ client }: TestAccount, id: string) => client.codeOf(DELETE, { id })
const deedsOf = (subjectId: string) => prisma.auditEntry.findMany({ where: { subjectId } })
const events = (orderId: string) => prisma.streamEvent.count({ where: { stream: `chat:${orderId}` } })

/** What holds when so much time has gone by. */
async function later<Result>(milliseconds: number, look: () => Promise<Result>): Promise<Result> {
  ahead += milliseconds
  try {
    return await look()
  } finally {
    ahead -= milliseconds
  }
}

describe('editMessage', () => {
  it('puts other words in, says when, and leaves place, attachments and read marks alone', async () => {
    const orderId = await newOrder()
    const attachmentIds = [await addAsset(prisma, customer.id)]
    const { id, cursor } = await send(customer, { orderId, body: 'Helo', attachmentIds })
    const next = await send(customer, { orderId, body: 'Next' })
    await designer.client.get(READ, { orderId, upTo: next.cursor })
    const edited = await edit(customer, id, '  Hello\u0007 <i>you</i> ')
    expect(edited).toMatchObject({ id, cursor, body: 'Hello <i>you</i>', attachments: [{ id: attachmentIds[0] }] })
    expect(edited.editedAt).not.toBeNull()
    const chat = await chatOf(designer, orderId)
    expect(chat.messages.nodes.map(({ body }) => body)).toEqual(['Hello <i>you</i>', 'Next'])
    expect(chat.unreadMessageCount).toBe(0)
    expect((await chatOf(factory, orderId)).unreadMessageCount).toBe(2)
  })

  it('changes nothing when it says this already', async () => {
    const orderId = await newOrder()
    const { id } = await send(customer, { orderId, body: 'Same' })
    expect((await edit(customer, id, ' Same ')).editedAt).toBeNull()
    expect(await events(orderId)).toBe(1)
  })

  it('is refused to everybody but the sender, and hidden from who takes no part', async () => {
    const orderId = await newOrder()
    const { id } = await send(customer, { orderId, body: 'Mine' })
    for (const other of [designer, factory, manager]) expect(await editCode(other, id)).toBe('FORBIDDEN')
    expect(await editCode(stranger, id)).toBe('NOT_FOUND')
    expect(await editCode(customer, newId())).toBe('NOT_FOUND')
    expect(await new TestClient(server).codeOf(EDIT, { id, body: 'Else' })).toBe('UNAUTHENTICATED')
    expect((await chatOf(customer, orderId)).messages.nodes[0]?.body).toBe('Mine')
  })

  it('names a body that is empty, too long, or of which nothing can be seen', async () => {
    const { id } = await send(customer, { orderId: await newOrder(), body: 'Mine' })
    for (const body of [' ', 'x'.repeat(2001), '\u200b\u200b', '\u0001']) {
      const { errors } = await customer.client.ask(EDIT, { id, body })
      expect(errors[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', fields: [{ path: 'body' }] })
    }
    expect(await editCode(customer, id, '👋'.repeat(2000))).toBe('ok')
  })

  it('is possible for 15 minutes', async () => {
    const { id } = await send(customer, { orderId: await newOrder(), body: 'Mine' })
    expect(await later(14 * MINUTE, () => editCode(customer, id, 'Still'))).toBe('ok')
    expect(await later(15 * MINUTE, () => editCode(customer, id, 'Late'))).toBe('INVALID_TRANSITION')
    expect(await later(15 * MINUTE, () => removeCode(customer, id))).toBe('INVALID_TRANSITION')
    expect(await prisma.chatMessage.findUnique({ where: { id } })).toMatchObject({ body: 'Still', deletedAt: null })
  })

  it('ends with the part one takes: a factory that lost the order edits nothing there', async () => {
    const orderId = await newOrder()
    const { id } = await send(factory, { orderId, body: 'Ours' })
    await prisma.order.update({ where: { id: orderId }, data: { factoryId: null } })
    expect(await editCode(factory, id)).toBe('NOT_FOUND')
    expect(await removeCode(factory, id)).toBe('NOT_FOUND')
  })

  it('takes edits of one moment one after the other, each an event', async () => {
    const orderId = await newOrder()
    const { id } = await send(customer, { orderId, body: 'First' })
    const words = Array.from({ length: 8 }, (_, n) => `Try ${n}`)
    const answers = await Promise.all(words.map((body) => editCode(customer, id, body)))
    expect(new Set(answers)).toEqual(new Set(['ok']))
    expect(words).toContain((await chatOf(customer, orderId)).messages.nodes[0]?.body)
    expect(await events(orderId)).toBe(1 + words.length)
  })

  it('never brings back what was deleted at the same moment', async () => {
    const orderId = await newOrder()
    for (let round = 0; round < 10; round++) {
      const { id } = await send(customer, { orderId, body: 'First' })
      const [edited, removed] = await Promise.all([editCode(customer, id), removeCode(customer, id)])
      expect(['ok', 'INVALID_TRANSITION']).toContain(edited)
      expect(removed).toBe('ok')
      expect(await prisma.chatMessage.findUnique({ where: { id } })).toMatchObject({
        body: '',
        deletedAt: expect.any(Date),
      })
    }
  })
})

describe('deleteMessage', () => {
  it('leaves nothing of a message but its place, who wrote it and when it went', async () => {
    const orderId = await newOrder()
    const attachmentIds = [await addAsset(prisma, customer.id)]
    const { id, cursor } = await send(customer, { orderId, body: 'A mistake', attachmentIds })
    await send(customer, { orderId, body: 'Next' })
    expect(await remove(customer, id)).toMatchObject({
      id,
      cursor,
      body: '',
      attachments: [],
      sender: { id: customer.id },
      deletedBy: { id: customer.id },
    })
    const chat = await chatOf(designer, orderId)
    expect(chat.messages.nodes).toMatchObject([{ id, body: '', attachments: [] }, { body: 'Next' }])
    expect(chat.messages.nodes[0]?.deletedAt).not.toBeNull()
    expect(chat.unreadMessageCount).toBe(1)
    expect(await prisma.chatAttachment.count({ where: { messageId: id } })).toBe(0)
    expect(await deedsOf(id)).toEqual([])
  })

  it('changes nothing the second time', async () => {
    const orderId = await newOrder()
    const { id } = await send(customer, { orderId, body: 'A mistake' })
    const first = await remove(customer, id)
    expect(await remove(customer, id)).toEqual(first)
    expect(await events(orderId)).toBe(2)
    expect(await editCode(customer, id)).toBe('INVALID_TRANSITION')
  })

  it('is moderation when staff do it to others: at any time, and written down', async () => {
    const orderId = await newOrder()
    const { id } = await send(factory, { orderId, body: 'Rude' })
    expect(await removeCode(designer, id)).toBe('FORBIDDEN')
    expect(await removeCode(customer, id)).toBe('FORBIDDEN')
    expect(await removeCode(stranger, id)).toBe('NOT_FOUND')
    const removed = await later(20 * MINUTE, () => remove(manager, id))
    expect(removed).toMatchObject({ body: '', sender: { id: factory.id }, deletedBy: { id: manager.id } })
    const deeds = await deedsOf(id)
    expect(deeds).toMatchObject([
      { actorId: manager.id, action: 'chat.delete-message', subjectType: 'ChatMessage', subjectId: id },
    ])
    expect(JSON.stringify(deeds)).not.toContain('Rude')
  })

  it('is no moderation of an own message in time, and is one later', async () => {
    const orderId = await newOrder()
    const [soon, late] = [await send(manager, { orderId, body: 'One' }), await send(manager, { orderId, body: 'Two' })]
    await remove(manager, soon.id)
    await later(20 * MINUTE, () => remove(manager, late.id))
    expect(await deedsOf(soon.id)).toEqual([])
    expect(await deedsOf(late.id)).toHaveLength(1)
  })

  it('answers a resend with what became of the message', async () => {
    const orderId = await newOrder()
    const input = { orderId, body: 'Once', clientMessageId: 'gone' }
    const { id } = await send(customer, input)
    await remove(customer, id)
    expect(await send(customer, input)).toMatchObject({ id, body: '' })
    expect(await events(orderId)).toBe(2)
  })
})

describe('who is two things in an order', () => {
  it('speaks as its customer: a manager who ordered, a designer who bought their own design', async () => {
    const itemId = await addItem(prisma, { designerId: designer.id })
    const roleIn = async (account: TestAccount) => {
      const orderId = await addOrder(prisma, { customerId: account.id, itemIds: [itemId] })
      return (await send(account, { orderId, body: 'Hello' })).senderRole
    }
    expect(await roleIn(manager)).toBe('CUSTOMER')
    expect(await roleIn(designer)).toBe('CUSTOMER')
  })

  it('keeps the role they spoke in', async () => {
    const former = await openAccount(server, 'MANAGER')
    const orderId = await newOrder()
    const { id } = await send(former, { orderId, body: 'Hello' })
    await prisma.user.update({ where: { id: former.id }, data: { role: 'USER' } })
    const { nodes } = (await chatOf(customer, orderId)).messages
    expect(nodes).toMatchObject([{ id, senderRole: 'SUPPORT' }])
    expect(await former.client.codeOf(SEND, { input: { orderId, body: 'Again' } })).toBe('NOT_FOUND')
  })
})

describe('who follows the chat', () => {
  it('gets edited and deleted messages again, and resumes after them by their cursors', async () => {
    const orderId = await newOrder()
    const first = await send(customer, { orderId, body: 'one' })
    const second = await send(customer, { orderId, body: 'two' })
    const live = listen(designer, orderId, second.cursor)
    await edit(customer, first.id, 'ONE')
    const [edited] = await live.until(({ length }) => length === 1)
    expect(edited?.chatMessageAdded).toMatchObject({ id: first.id, body: 'ONE' })
    await live.close()
    await remove(customer, second.id)
    await send(customer, { orderId, body: 'three' })
    const resumed = listen(designer, orderId, edited?.chatMessageAdded.cursor)
    const received = await resumed.until(({ length }) => length >= 2)
    expect(received.map(({ chatMessageAdded: { id, body } }) => [id, body])).toEqual([
      [second.id, ''],
      [expect.any(String), 'three'],
    ])
    expect(received[0]?.chatMessageAdded.deletedAt).not.toBeNull()
    // The list is as it was sent, and its end is the end of the stream.
    const chat = await chatOf(designer, orderId)
    expect(chat.messages.nodes.map(({ body }) => body)).toEqual(['ONE', '', 'three'])
    expect(chat.lastMessageCursor).toBe(received[1]?.chatMessageAdded.cursor)
  })

  it('begins at the end of what was read: an edit before it does not come again', async () => {
    const orderId = await newOrder()
    const { id } = await send(customer, { orderId, body: 'one' })
    await edit(customer, id, 'ONE')
    const { lastMessageCursor } = await chatOf(designer, orderId)
    const live = listen(designer, orderId, lastMessageCursor)
    await send(customer, { orderId, body: 'two' })
    const received = await live.until(({ length }) => length >= 1)
    expect(received.map(({ chatMessageAdded }) => chatMessageAdded.body)).toEqual(['two'])
  })

  it('marks the chat read with the cursor of a delivered edit, never back, whoever marks first', async () => {
    const orderId = await newOrder()
    const one = await send(customer, { orderId, body: 'one' })
    const two = await send(customer, { orderId, body: 'two' })
    const live = listen(designer, orderId, two.cursor)
    await edit(customer, one.id, 'ONE')
    const [edited] = await live.until(({ length }) => length === 1)
    const upTos = [one.cursor, two.cursor, edited?.chatMessageAdded.cursor, one.cursor, two.cursor]
    await Promise.all(upTos.map((upTo) => designer.client.get(READ, { orderId, upTo })))
    expect((await chatOf(designer, orderId)).unreadMessageCount).toBe(0)
    await send(customer, { orderId, body: 'three' })
    expect((await chatOf(designer, orderId)).unreadMessageCount).toBe(1)
  })
})
