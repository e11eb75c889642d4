import { afterAll, expect, it } from 'vitest'
import WebSocket from 'ws'
import { newId } from '../../src/kernel/ids.js'
import { openAccount, type TestAccount } from '../testkit/account.js'
import { createTestDatabase } from '../testkit/database.js'
import { startTestServer } from '../testkit/server.js'
import { addItem, addOrder } from '../testkit/shop-rows.js'
import { openSlowLine } from '../testkit/slow-line.js'

const CUSTOMERS = 20
const SOCKETS_EACH = 50
const SOCKETS = CUSTOMERS * SOCKETS_EACH
const MISSED = 3
/** While one statement is answered, questions of others gather. */
const LATE_MS = 25
const LIMIT = { timeout: 30_000, interval: 50 }

const line = await openSlowLine((await createTestDatabase()).url)
// Declared before the server's own, so it comes after it.
afterAll(() => line.close())
const server = await startTestServer({
  databaseUrl: line.url,
  env: {
    SOCKETS_PER_ACCOUNT: String(SOCKETS_EACH),
    SOCKETS_PER_ADDRESS: String(SOCKETS),
    RATE_LIMIT_COST: '1000000000',
  },
})
const { prisma } = server.platform.database

const FOLLOW = `subscription($orderId: UUID!, $after: Cursor) {
  chatMessageAdded(orderId: $orderId, after: $after) { cursor body sender { displayName } }
}`
const SAY = /* GraphQL */ `
  mutation ReconnectingSay($input: SendMessageInput!) { sendMessage(input: $input) { id } }`

interface Message {
  readonly type: string
  readonly payload?: {
    readonly data?: { readonly chatMessageAdded: { readonly cursor: string; readonly body: string } }
  }
}

class Chatter {
  constructor(
    readonly account: TestAccount,
    readonly orderId: string,
  ) {}

  async say(body: string): Promise<void> {
    const input = { orderId: this.orderId, body, clientMessageId: newId() }
    await this.account.client.get(SAY, { input })
  }
}

/** A browser tab: it remembers the last cursor, and follows on from it each time it is opened. */
class Tab {
  readonly heard: string[] = []
  private after: string | null = null
  private socket: WebSocket | null = null

  constructor(private readonly chatter: Chatter) {}

  open(): void {
    const socket = new WebSocket(`${server.url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws')
    this.socket = socket
    const say = (message: object) => socket.send(JSON.stringify(message))
    const { account, orderId } = this.chatter
    socket.on('open', () =>
      say({ type: 'connection_init', payload: { authorization: `Bearer ${account.client.token}` } }),
    )
    socket.on('error', () => undefined)
    socket.on('message', (data) => {
      const { type, payload } = JSON.parse(String(data)) as Message
      const variables = { orderId, after: this.after }
      if (type === 'connection_ack') say({ id: '1', type: 'subscribe', payload: { query: FOLLOW, variables } })
      const message = payload?.data?.chatMessageAdded
      if (!message) return
      this.after = message.cursor
      this.heard.push(message.body)
    })
  }

  async close(): Promise<void> {
    const { socket } = this
    if (!socket || socket.readyState === WebSocket.CLOSED) return
    const closed = new Promise((resolve) => socket.once('close', resolve))
    socket.terminate()
    await closed
  }
}

const designer = await openAccount(server, 'DESIGNER')
const itemId = await addItem(prisma, { designerId: designer.id })
const chatters = await Promise.all(
  Array.from({ length: CUSTOMERS }, async () => {
    const account = await openAccount(server)
    return new Chatter(account, await addOrder(prisma, { customerId: account.id, itemIds: [itemId] }))
  }),
)
const tabs = chatters.flatMap((chatter) => Array.from({ length: SOCKETS_EACH }, () => new Tab(chatter)))
const closeAll = () => Promise.all(tabs.map((tab) => tab.close()))
afterAll(closeAll)

const say = (body: string) => Promise.all(chatters.map((chatter) => chatter.say(body)))
/** Waits until every tab has heard exactly that; those of the first customer, what was said to them in between, too. */
const allHear = async (bodies: readonly string[], first: readonly string[]) => {
  const behind = () =>
    tabs.filter(({ heard }, index) => heard.join() !== (index < SOCKETS_EACH ? first : bodies).join())
  await expect.poll(() => behind().length, LIMIT).toBe(0)
}

it(`${SOCKETS} clients that come back at once miss nothing, ask the database little and hold nobody up`, {
  timeout: 90_000,
}, async () => {
  for (const tab of tabs) tab.open()
  // Nothing tells a client that its subscription stands but its first event.
  const greetings: string[] = []
  while (tabs.some(({ heard }) => heard.length === 0)) {
    greetings.push(`hello ${greetings.length}`)
    await say(greetings.at(-1) ?? '')
  }
  await expect.poll(() => tabs.every(({ heard }) => heard.at(-1) === greetings.at(-1)), LIMIT).toBe(true)
  for (const tab of tabs) tab.heard.length = 0

  await closeAll()
  const missed = Array.from({ length: MISSED }, (_, index) => `missed ${index}`)
  for (const body of missed) await say(body)

  line.slowDown(LATE_MS)
  const statements = await server.statements.duringWithBackground(async () => {
    for (const tab of tabs) tab.open()
    await chatters[0]?.say('meanwhile')
    expect(tabs.every(({ heard }) => heard.length === MISSED + 1)).toBe(false)
    await allHear(missed, [...missed, 'meanwhile'])
  })
  // Each of them alone would cost five: who it is, twice, whether it may hear, the stream's head and the events.
  expect(statements.length).toBeLessThan(SOCKETS / 3)

  await say('live')
  await allHear([...missed, 'live'], [...missed, 'meanwhile', 'live'])
})
