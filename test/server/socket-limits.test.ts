import { afterEach, describe, expect, test } from 'vitest'
import WebSocket from 'ws'
import { openAccount } from '../testkit/account.js'
import { startTestServer } from '../testkit/server.js'

const PER_ACCOUNT = 3
const PER_ADDRESS = 8
const LIMIT = { timeout: 10_000, interval: 20 }

const server = await startTestServer({
  env: {
    SOCKETS_PER_ACCOUNT: String(PER_ACCOUNT),
    SOCKETS_PER_ADDRESS: String(PER_ADDRESS),
    RATE_LIMIT_COST: '1000000000',
  },
})
const [anna, boris] = [await openAccount(server), await openAccount(server)]

interface Message {
  readonly id?: string
  readonly type: string
  readonly payload?: unknown
}

const clients: Client[] = []
afterEach(async () => {
  for (const { socket } of clients) socket.terminate()
  await expect.poll(() => clients.every(({ code }) => code !== null), LIMIT).toBe(true)
  clients.length = 0
})

/** A client that says what became of it, whether it was let in or not. */
class Client {
  readonly socket = new WebSocket(`${server.url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws')
  readonly messages: Message[] = []
  code: number | null = null

  constructor(token: string | null) {
    clients.push(this)
    const payload = token ? { authorization: `Bearer ${token}` } : {}
    this.socket.on('open', () => this.say({ type: 'connection_init', payload }))
    this.socket.on('message', (data) => this.messages.push(JSON.parse(String(data)) as Message))
    this.socket.on('close', (code) => {
      this.code = code
    })
  }

  get fate(): number | 'in' | null {
    return this.code ?? (this.messages.some(({ type }) => type === 'connection_ack') ? 'in' : null)
  }

  say(message: Message): void {
    this.socket.send(JSON.stringify(message))
  }
}

/** Opens so many at once; returns when it is known of each whether it was let in. */
async function open(count: number, token: string | null): Promise<Client[]> {
  const opened = Array.from({ length: count }, () => new Client(token))
  await expect.poll(() => opened.every(({ fate }) => fate !== null), LIMIT).toBe(true)
  return opened
}

const letIn = (opened: readonly Client[]) => opened.filter(({ fate }) => fate === 'in')
const codes = (opened: readonly Client[]) => opened.flatMap(({ code }) => code ?? [])

describe('sockets opened at once', () => {
  test('are as many for an account as it may have; the others are closed with 1013, and another account is not touched', async () => {
    const opened = await open(PER_ACCOUNT + 2, anna.client.token)

    await expect.poll(() => codes(opened), LIMIT).toEqual([1013, 1013])
    expect(letIn(opened)).toHaveLength(PER_ACCOUNT)
    expect(letIn(await open(2, boris.client.token))).toHaveLength(2)
  })

  test('are as many from an address as it may have, whoever they are for', async () => {
    const opened = await open(PER_ADDRESS + 4, null)

    await expect.poll(() => codes(opened), LIMIT).toEqual([1013, 1013, 1013, 1013])
    expect(letIn(opened)).toHaveLength(PER_ADDRESS)
  })

  test('give their places back when they close', async () => {
    const opened = await open(PER_ACCOUNT, anna.client.token)
    opened[0]?.socket.close()
    await expect.poll(() => opened[0]?.code, LIMIT).not.toBeNull()

    await expect
      .poll(async () => letIn(await open(1, anna.client.token)).length, { timeout: 10_000, interval: 300 })
      .toBe(1)
    expect(codes(await open(1, anna.client.token))).toEqual([1013])
  })
})

describe('a socket', () => {
  test('carries a hundred operations; one more is refused by itself, and there is place when others complete', async () => {
    const [client] = await open(1, anna.client.token)
    const subscribe = (id: number) =>
      client?.say({
        id: String(id),
        type: 'subscribe',
        payload: { query: 'subscription { myOrdersChanged { type } }' },
      })
    const refusals = () => client?.messages.filter(({ type }) => type === 'error') ?? []
    for (let id = 1; id <= 101; id++) subscribe(id)

    await expect
      .poll(refusals, LIMIT)
      .toMatchObject([{ id: '101', payload: [{ extensions: { code: 'RATE_LIMITED', retryAfter: 1 } }] }])
    for (const id of ['1', '2']) client?.say({ id, type: 'complete' })
    subscribe(102)
    client?.say({ id: 'after', type: 'subscribe', payload: { query: '{ me { id } }' } })
    await expect.poll(() => client?.messages.some(({ id }) => id === 'after'), LIMIT).toBe(true)
    expect(refusals()).toHaveLength(1)
    expect(client?.fate).toBe('in')
  })
})
