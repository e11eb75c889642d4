import { afterEach } from 'vitest'
import { openAccount, type TestAccount } from '../../testkit/account.js'
import type { TestSubscription } from '../../testkit/client.js'
import type { TestServer } from '../../testkit/server.js'
import { addFactory, addItem, addOrder } from '../../testkit/shop-rows.js'

export const SEND = /* GraphQL */ `
  mutation Send($input: SendMessageInput!) {
    sendMessage(input: $input) {
      id cursor orderId body senderRole sender { id } attachments { id url } readBy { id } clientMessageId createdAt
    }
  }`

export const EDIT = /* GraphQL */ `
  mutation EditMessage($id: UUID!, $body: String!) {
    editMessage(id: $id, body: $body) { id cursor body createdAt editedAt deletedAt attachments { id } }
  }`

export const DELETE = /* GraphQL */ `
  mutation DeleteMessage($id: UUID!) {
    deleteMessage(id: $id) { id cursor body editedAt deletedAt deletedBy { id } sender { id } attachments { id } }
  }`

export const CHAT = /* GraphQL */ `
  query Chat($id: UUID!, $first: Int, $after: Cursor, $last: Int, $before: Cursor) {
    order(id: $id) {
      unreadMessageCount
      lastMessageCursor
      messages(first: $first, after: $after, last: $last, before: $before) {
        nodes {
          id cursor body senderRole sender { id } readBy { id } attachments { id } editedAt deletedAt deletedBy { id }
          event { type toStatus }
        }
        pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
        totalCount
      }
    }
  }`

export const LIVE = /* GraphQL */ `
  subscription Live($orderId: UUID!, $after: Cursor) {
    chatMessageAdded(orderId: $orderId, after: $after) {
      id cursor body sender { id } attachments { id } editedAt deletedAt
    }
  }`

export const READ = /* GraphQL */ `
  mutation Read($orderId: UUID!, $upTo: Cursor!) {
    markChatRead(orderId: $orderId, upTo: $upTo) { id unreadMessageCount }
  }`

export interface Message {
  readonly id: string
  readonly cursor: string
  readonly body: string
  readonly readBy: { readonly id: string }[]
  readonly attachments: { readonly id: string }[]
  readonly senderRole: string
  readonly editedAt: string | null
  readonly deletedAt: string | null
  readonly event: { readonly type: string; readonly toStatus: string } | null
}

interface Chat {
  readonly order: {
    readonly unreadMessageCount: number
    readonly lastMessageCursor: string
    readonly messages: {
      readonly nodes: Message[]
      readonly pageInfo: {
        readonly hasNextPage: boolean
        readonly hasPreviousPage: boolean
        readonly startCursor: string | null
        readonly endCursor: string | null
      }
      readonly totalCount: number
    }
  }
}

export type ChatView = Chat['order']

export interface LiveMessage {
  readonly chatMessageAdded: Message
}

/** The participants of orders, one of each, with what they do in chats. Its subscriptions are closed after each test. */
export async function openChatDesk(server: TestServer) {
  const { prisma } = server.platform.database
  const factoryId = await addFactory(prisma)
  const customer = await openAccount(server)
  const designer = await openAccount(server, 'DESIGNER')
  const factory = await openAccount(server, 'FACTORY', { factoryId })
  const manager = await openAccount(server, 'MANAGER')
  const stranger = await openAccount(server)
  const subscriptions: TestSubscription<unknown>[] = []

  afterEach(async () => {
    await Promise.all(subscriptions.splice(0).map((subscription) => subscription.close()))
  })

  return {
    prisma,
    factoryId,
    customer,
    designer,
    factory,
    manager,
    stranger,

    /** The customer's, of an item of the designer's, in production at the factory. @returns its id */
    async newOrder(): Promise<string> {
      const itemId = await addItem(prisma, { designerId: designer.id })
      return addOrder(prisma, { customerId: customer.id, itemIds: [itemId], status: 'PRODUCTION', factoryId })
    },

    async send({ client }: TestAccount, input: Record<string, unknown>): Promise<Message & Record<string, unknown>> {
      return (await client.get<{ sendMessage: Message & Record<string, unknown> }>(SEND, { input })).sendMessage
    },

    async chatOf({ client }: TestAccount, id: string, page: Record<string, unknown> = {}): Promise<ChatView> {
      return (await client.get<Chat>(CHAT, { id, ...page })).order
    },

    listen({ client }: Pick<TestAccount, 'client'>, orderId: string, after?: string | null) {
      const subscription = client.subscribe<LiveMessage, Record<string, unknown>>(LIVE, {
        orderId,
        ...(after && { after }),
      })
      subscriptions.push(subscription)
      return subscription
    },
  }
}

export const bodies = (received: readonly LiveMessage[]) =>
  received.map(({ chatMessageAdded }) => chatMessageAdded.body)
