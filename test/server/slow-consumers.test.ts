import { afterEach, expect, it } from 'vitest'
import WebSocket from 'ws'
import { newId } from '../../src/kernel/ids.js'
import { inTransaction } from '../../src/platform/database/transaction.js'
import { openAccount } from '../testkit/account.js'
import { startTestServer } from '../testkit/server.js'
import { addItem, addOrder } from '../testkit/shop-rows.js'

const WRITTEN = 1_200
const LIMIT = { timeout: 60_000, interval: 100 }
const BODY = 'Ш'.repeat(1_000)

const server = await startTestServer({ env: { RATE_LIMIT_COST: '1000000000' } })
const { database, streams, cursors } = server.platform
const customer = await openAccount(server)
const itemId = await addItem(database.prisma, { designerId: (await openAccount(server, 'DESIGNER')).id })
const orderId = await addOrder(database.prisma, { customerId: customer.id, itemIds: [itemId] })
const name = `chat:${orderId}`
const cursorOf = (number: number) => cursors.encode(`stream:${name}`, [number])

const sockets: WebSocket[] = []
afterEach(() => {
  for (const socket of sockets.splice(0)) socket.terminate()
})

/** A message of 2 kB, by nobody; selected eight times it weighs 16. */
async function addMessage(): Promise<void> {
  await inTransaction(database, async (tx) => {
    const id = newId()
    const numbers = await streams.append(tx, [name], id)
    await tx.prisma.chatMessage.create({
      data: { id, orderId, number: numbers.get(name) ?? 0n, senderRole: 'SYSTEM', body: BODY, createdAt: new Date() },
    })
  })
}

async function addManyMessages(): Promise<void> {
  const { pool } = database
  await pool.query('insert into event_streams (name, last_number) values ($1, $2)', [name, WRITTEN])
  await pool.query(
    `insert into chat_messages (id, order_id, number, sender_role, body, created_at)
     select gen_random_uuid(), $1, n, 'SYSTEM', $2, now() from generate_series(1, $3::int) n`,
    [orderId, BODY, WRITTEN],
  )
  await pool.query(
    `insert into stream_events (stream, number, subject_id, occurred_at)
     select $1, number, id, now() from chat_messages where order_id = $2`,
    [name, orderId],
  )
}

const bodies = Array.from({ length: 8 }, (_, index) => `b${index}: body`).join(' ')
const FOLLOW = `subscription($orderId: UUID!, $after: Cursor) { chatMessageAdded(orderId: $orderId, after: $after) { cursor ${bodies} } }`
const FOLLOW_LIGHTLY = FOLLOW.replace(bodies, '')

interface Message {
  readonly id?: string
  readonly type: string
  readonly payload?: { readonly data?: { readonly chatMessageAdded: { readonly cursor: string } } }
}

/** A client that can stop reading. */
async function openClient() {
  const socket = new WebSocket(`${server.url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws')
  sockets.push(socket)
  const client = { socket, received: [] as string[], answers: [] as Message[], code: 0 }
  let acknowledge = () => {}
  const acknowledged = new Promise<void>((resolve) => {
    acknowledge = resolve
  })
  socket.on('close', (code) => {
    client.code = code
  })
  socket.on('message', (data) => {
    const message = JSON.parse(String(data)) as Message
    const cursor = message.payload?.data?.chatMessageAdded?.cursor
    if (message.type === 'connection_ack') acknowledge()
    else if (cursor) client.received.push(cursor)
    else client.answers.push(message)
  })
  socket.once('open', () => {
    const payload = { authorization: `Bearer ${customer.client.token}` }
    socket.send(JSON.stringify({ type: 'connection_init', payload }))
  })
  await acknowledged
  return client
}

const subscribe = (socket: WebSocket, query: string, after: string) =>
  socket.send(JSON.stringify({ id: '1', type: 'subscribe', payload: { query, variables: { orderId, after } } }))

const serverSockets = () => [...server.http.websocketServer.clients]
const waiting = () => serverSockets().reduce((bytes, { bufferedAmount }) => bytes + bufferedAmount, 0)
const metric = async (line: string) => {
  const text = await (await fetch(`${server.url}/metrics`)).text()
  return Number(new RegExp(`^${line} (\\d+)$`, 'm').exec(text)?.[1] ?? 0)
}

it('a reader that stops is held back, closed with 4413, disturbs nobody, and resumes with exactly the rest', {
  timeout: 120_000,
}, async () => {
  await addManyMessages()
  const other = await openClient()
  subscribe(other.socket, FOLLOW_LIGHTLY, cursorOf(WRITTEN))
  const slow = await openClient()
  slow.socket.pause()
  subscribe(slow.socket, FOLLOW, cursorOf(0))

  let most = 0
  const watch = setInterval(() => {
    most = Math.max(most, waiting())
  }, 20)
  await expect.poll(() => waiting(), LIMIT).toBeGreaterThan(0)
  await addMessage()
  await expect.poll(() => other.received, LIMIT).toEqual([cursorOf(WRITTEN + 1)])
  await expect.poll(() => metric('slow_consumers_closed_total'), LIMIT).toBe(1)
  clearInterval(watch)
  // Single messages of 16 kB, and never all 20 MB.
  expect(most).toBeLessThan(256 * 1024)
  expect(await metric('events_replayed_total')).toBeLessThan(WRITTEN)
  await expect.poll(() => metric('graphql_subscriptions_active\\{field="chatMessageAdded"\\}'), LIMIT).toBe(1)

  slow.socket.resume()
  await expect.poll(() => slow.code, LIMIT).toBe(4413)
  const got = slow.received.length
  expect(slow.received).toEqual(Array.from({ length: got }, (_, index) => cursorOf(index + 1)))
  expect(got).toBeLessThan(WRITTEN)

  const again = await openClient()
  subscribe(again.socket, FOLLOW, slow.received.at(-1) ?? cursorOf(0))
  await expect.poll(() => again.received.length, LIMIT).toBe(WRITTEN + 1 - got)
  expect(again.received).toEqual(Array.from({ length: WRITTEN + 1 - got }, (_, index) => cursorOf(got + index + 1)))
  expect([other.received, other.code, again.code]).toEqual([[cursorOf(WRITTEN + 1)], 0, 0])
})

it('who asks much and reads nothing is closed before a megabyte more waits', { timeout: 60_000 }, async () => {
  const before = await metric('slow_consumers_closed_total')
  const client = await openClient()
  client.socket.pause()
  const query = `{ order(id: "${orderId}") { messages(first: 100) { nodes { ${bodies} } } } }`
  let id = 0
  let most = 0
  while ((await metric('slow_consumers_closed_total')) === before && id < 2_000) {
    for (let index = 0; index < 5; index++)
      client.socket.send(JSON.stringify({ id: `q${id++}`, type: 'subscribe', payload: { query } }))
    most = Math.max(most, waiting())
  }
  expect(await metric('slow_consumers_closed_total')).toBe(before + 1)
  // An answer is 1.6 MB, and one may follow a megabyte.
  expect(most).toBeLessThan(3_500_000)
  client.socket.resume()
  await expect.poll(() => client.code, LIMIT).toBe(4413)
})
