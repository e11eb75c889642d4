import { describe, expect, it } from 'vitest'
import { newId } from '../../../src/kernel/ids.js'
import { openAccount } from '../../testkit/account.js'
import { startTestServer } from '../../testkit/server.js'
import { addAsset, addItem, addOrder } from '../../testkit/shop-rows.js'
import { download, drawing, pdf, photo, ticketFor, upload } from '../assets/upload-desk.js'
import { DELETE, openChatDesk, SEND } from './chat-desk.js'

const ATTACHED = /* GraphQL */ `
  query Attached($id: UUID!) {
    order(id: $id) { messages { nodes { body sender { displayName } attachments { id url fileName contentType width } } } }
  }`

interface Attached {
  readonly order: {
    readonly messages: {
      readonly nodes: {
        readonly body: string
        readonly sender: { readonly displayName: string }
        readonly attachments: { readonly id: string; readonly url: string; readonly fileName: string | null }[]
      }[]
    }
  }
}

const server = await startTestServer()
const { prisma, customer, designer, factory, manager, stranger, newOrder, send } = await openChatDesk(server)
const attachedIn = async ({ client }: typeof customer, id: string) =>
  (await client.get<Attached, object>(ATTACHED, { id })).order.messages.nodes

describe('the attachments of a message', () => {
  it('are files that were uploaded for it, for every participant to download and for nobody else', async () => {
    const orderId = await newOrder()
    const attachmentIds = [
      await upload(customer, await photo(), { fileName: 'Макет.jpg' }),
      await upload(customer, pdf(), { contentType: 'application/pdf', fileName: 'brief.pdf' }),
      await upload(customer, await drawing(), { contentType: 'image/png', fileName: 'logo.png' }),
    ]
    await send(customer, { orderId, body: 'See here', attachmentIds })
    for (const reader of [customer, designer, factory, manager]) {
      const [message] = await attachedIn(reader, orderId)
      expect(message?.attachments).toMatchObject([
        { id: attachmentIds[0], fileName: 'Макет.jpg', contentType: 'image/jpeg', width: 64 },
        { id: attachmentIds[1], fileName: 'brief.pdf', contentType: 'application/pdf', width: null },
        { id: attachmentIds[2], fileName: 'logo.png', contentType: 'image/png', width: 64 },
      ])
      for (const { url } of message?.attachments ?? []) expect((await download(url)).status).toBe(200)
    }
    await expect(attachedIn(stranger, orderId)).rejects.toThrow('NOT_FOUND')
  })

  it('are not files that have not come, and not those of others', async () => {
    const orderId = await newOrder()
    const waiting = await ticketFor(customer, Buffer.alloc(1))
    const foreign = await upload(designer, await photo())
    const own = await addAsset(prisma, customer.id)
    const { errors } = await customer.client.ask(SEND, {
      input: { orderId, body: 'See', attachmentIds: [own, waiting.asset.id, foreign, newId()] },
    })
    expect(errors[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT' })
    expect(errors[0]?.extensions.fields?.map(({ path }) => path)).toEqual([
      'input.attachmentIds.1',
      'input.attachmentIds.2',
      'input.attachmentIds.3',
    ])
    expect(await prisma.chatMessage.count({ where: { orderId } })).toBe(0)
  })

  it('go with the message when it is deleted, from the disk too, but for those that another message has', async () => {
    const orderId = await newOrder()
    const [shared, alone] = [await upload(customer, await photo()), await upload(customer, await photo())]
    const drawn = await addAsset(prisma, customer.id)
    await prisma.asset.update({ where: { id: drawn }, data: { purpose: 'GENERATION' } })
    const first = await send(customer, { orderId, body: 'One', attachmentIds: [shared, alone, drawn] })
    await send(customer, { orderId, body: 'Two', attachmentIds: [shared] })
    const urls = (await attachedIn(customer, orderId))[0]?.attachments.map(({ url }) => url) ?? []
    await customer.client.get(DELETE, { id: first.id })
    expect((await attachedIn(designer, orderId)).map(({ attachments }) => attachments.map(({ id }) => id))).toEqual([
      [],
      [shared],
    ])
    // A link that was handed out before works no more than the message does.
    expect(await Promise.all(urls.slice(0, 2).map(async (url) => (await download(url)).status))).toEqual([200, 404])
    const { count } = await prisma.asset.deleteMany({ where: { id: drawn } })
    expect(count).toBe(1)
  })

  it('are not lost by a message that is sent while another with the same file is deleted', async () => {
    const orderId = await newOrder()
    for (let round = 0; round < 10; round++) {
      const file = await upload(customer, await photo())
      const first = await send(customer, { orderId, body: 'One', attachmentIds: [file] })
      const input = { orderId, body: 'Two', attachmentIds: [file] }
      const [removed, sent] = await Promise.all([
        customer.client.codeOf(DELETE, { id: first.id }),
        customer.client.codeOf(SEND, { input }),
      ])
      expect(removed).toBe('ok')
      expect(['ok', 'BAD_USER_INPUT']).toContain(sent)
      expect(await prisma.asset.count({ where: { id: file } })).toBe(sent === 'ok' ? 1 : 0)
    }
  })

  it('stay when their sender leaves, without the sender and without their names', async () => {
    const leaver = await openAccount(server, 'USER', { displayName: 'Анна Петрова' })
    const itemId = await addItem(prisma, { designerId: designer.id })
    const orderId = await addOrder(prisma, { customerId: leaver.id, itemIds: [itemId] })
    const file = await upload(leaver, await photo(), { fileName: 'Паспорт Анны Петровой.jpg' })
    await send(leaver, { orderId, body: 'Спасибо', attachmentIds: [file] })
    await leaver.client.get('mutation LeaveAttached { deleteAccount(password: "Adtime-test-1") }')
    const [message] = await attachedIn(designer, orderId)
    expect(message).toMatchObject({
      body: 'Спасибо',
      sender: { displayName: 'Удалённый аккаунт' },
      attachments: [{ id: file, fileName: null }],
    })
    expect((await download(message?.attachments[0]?.url ?? '')).status).toBe(200)
  })
})
