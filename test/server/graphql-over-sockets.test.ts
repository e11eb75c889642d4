import { describe, expect, test } from 'vitest'
import { openAccount } from '../testkit/account.js'
import type { GraphqlFailure } from '../testkit/client.js'
import { RawSocket, type SocketMessage } from '../testkit/raw-socket.js'
import { startTestServer } from '../testkit/server.js'

const ALLOWED = 'https://app.example.test'
const server = await startTestServer({ env: { ALLOWED_ORIGINS: ALLOWED } })
const account = await openAccount(server)

const MY_ORDERS = 'subscription { myOrdersChanged { type } }'

const failuresOf = ({ payload }: SocketMessage): readonly GraphqlFailure[] =>
  Array.isArray(payload) ? payload : ((payload as { errors?: GraphqlFailure[] } | undefined)?.errors ?? [])

async function refusalOf(payload: Readonly<Record<string, unknown>>, token: string | null = null) {
  const socket = await RawSocket.connect(server.url, token)
  const [first] = failuresOf(await socket.ask('1', payload))
  await socket.close()
  return first?.extensions
}

/** How many subscriptions to a field are open, as /metrics tells. */
async function openSubscriptions(field: string): Promise<number> {
  const metrics = await (await fetch(`${server.url}/metrics`)).text()
  return Number(new RegExp(`^graphql_subscriptions_active\\{field="${field}"\\} (\\d+)$`, 'm').exec(metrics)?.[1] ?? 0)
}

describe('a socket', () => {
  test('answers queries and mutations too', async () => {
    const socket = await RawSocket.connect(server.url, account.client.token)
    const query = await socket.ask('1', { query: '{ me { id } }' })
    const mutation = await socket.ask('2', {
      query: 'mutation($input: LoginInput!) { login(input: $input) { user { id } } }',
      variables: { input: { email: 'nobody@example.test', password: 'Adtime-test-1' } },
    })
    await socket.close()

    expect(query).toMatchObject({ type: 'next', payload: { data: { me: { id: account.id } } } })
    expect(failuresOf(mutation)[0]?.extensions.code).toBe('UNAUTHENTICATED')
  })

  test.each([
    ['a document that does not parse', { query: '{' }, 'BAD_USER_INPUT'],
    ['an unknown field', { query: '{ nothing }' }, 'BAD_USER_INPUT'],
    ['an unknown operation name', { query: 'query A { __typename }', operationName: 'B' }, 'BAD_USER_INPUT'],
    ['a missing variable', { query: 'query($id: UUID!) { order(id: $id) { id } }' }, 'BAD_USER_INPUT'],
    [
      'a wrong argument of a subscription',
      { query: 'subscription { orderStatusChanged(orderId: "7") { type } }' },
      'BAD_USER_INPUT',
    ],
    [
      'a thousand aliases',
      { query: `{ ${Array.from({ length: 1_000 }, (_, i) => `a${i}: __typename`).join(' ')} }` },
      'QUERY_TOO_COMPLEX',
    ],
    ['five hundred repeated fields', { query: `{ ${'plans { tier } '.repeat(500)} }` }, 'QUERY_TOO_COMPLEX'],
    [
      'fifty levels',
      { query: `{ orders { ${'nodes { customer { orders { '.repeat(16)} totalCount ${'} } }'.repeat(16)} } }` },
      'QUERY_TOO_COMPLEX',
    ],
    ['more than a hundred of a list', { query: '{ marketplaceItems(first: 101) { totalCount } }' }, 'BAD_USER_INPUT'],
    ['a guarded field', { query: MY_ORDERS }, 'UNAUTHENTICATED'],
  ])('refuses %s as HTTP does, with a request id', async (_, payload, code) => {
    const token = code === 'UNAUTHENTICATED' ? null : account.client.token

    expect(await refusalOf(payload, token)).toMatchObject({ code, requestId: expect.stringMatching(/^[0-9a-f-]{36}$/) })
  })

  test('names the wrong field of a variable', async () => {
    const query = 'query($first: Int) { marketplaceItems(first: $first) { totalCount } }'

    expect(await refusalOf({ query, variables: { first: 'many' } })).toMatchObject({ fields: [{ path: 'first' }] })
  })
})

describe('who asks on a socket', () => {
  test('is told by connectionParams.authorization', async () => {
    const socket = await RawSocket.connect(server.url, account.client.token)
    const answer = await socket.ask('1', { query: '{ me { id } }' })
    await socket.close()

    expect(answer.payload).toEqual({ data: { me: { id: account.id } } })
  })

  test("is told by the headers that GraphiQL puts into a message's extensions", async () => {
    const socket = await RawSocket.connect(server.url)
    const answer = await socket.ask('1', {
      query: '{ me { id } }',
      extensions: { headers: { Authorization: `Bearer ${account.client.token}` } },
    })
    await socket.close()

    expect(answer.payload).toEqual({ data: { me: { id: account.id } } })
  })

  test('is a visitor without a token', async () => {
    const socket = await RawSocket.connect(server.url)
    const answer = await socket.ask('1', { query: '{ plans { tier } me { id } }' })
    await socket.close()

    expect(answer.payload).toMatchObject({ data: { me: null } })
  })

  test('is UNAUTHENTICATED with an invalid token where it matters, while the socket stays open for the rest', async () => {
    const socket = await RawSocket.connect(server.url, 'made-up')
    const guarded = await socket.ask('1', { query: MY_ORDERS })
    const open = await socket.ask('2', { query: '{ plans { tier } }' })
    await socket.close()

    expect(failuresOf(guarded)[0]?.extensions.code).toBe('UNAUTHENTICATED')
    expect(open.type).toBe('next')
    expect(open.payload).not.toHaveProperty('errors')
  })
})

describe('a subscription', () => {
  test('that is ended while nothing happens frees its stream', async () => {
    const socket = await RawSocket.connect(server.url, account.client.token)
    socket.send({ id: '1', type: 'subscribe', payload: { query: MY_ORDERS } })
    await expect.poll(() => openSubscriptions('myOrdersChanged')).toBe(1)
    socket.send({ id: '1', type: 'complete' })
    await expect.poll(() => openSubscriptions('myOrdersChanged')).toBe(0)
    await socket.close()
  })

  test('whose socket is gone frees its stream', async () => {
    const socket = await RawSocket.connect(server.url, account.client.token)
    socket.send({ id: '1', type: 'subscribe', payload: { query: MY_ORDERS } })
    await expect.poll(() => openSubscriptions('myOrdersChanged')).toBe(1)
    await socket.close()

    await expect.poll(() => openSubscriptions('myOrdersChanged')).toBe(0)
  })
})

describe('what does not follow the protocol closes its own socket only', () => {
  test.each([
    ['text that is no JSON', 'hello', 4400],
    ['an unknown type of message', { type: 'shout' }, 4400],
    ['a subscription without a query', { type: 'subscribe', id: '1', payload: {} }, 4400],
    ['a message over 128 kB', { type: 'ping', payload: { note: 'x'.repeat(130 * 1024) } }, 1009],
  ])('%s', async (_, message, code) => {
    const other = await RawSocket.connect(server.url)
    const socket = await RawSocket.connect(server.url)
    socket.send(message)
    const closedWith = await socket.closed
    const answer = await other.ask('1', { query: '{ __typename }' })
    await other.close()

    expect(closedWith).toBe(code)
    expect(answer.payload).toEqual({ data: { __typename: 'Query' } })
  })

  test('an operation before connection_init', async () => {
    const socket = await RawSocket.open(server.url)
    socket.send({ id: '1', type: 'subscribe', payload: { query: '{ __typename }' } })

    expect(await socket.closed).toBe(4401)
  })
})

describe('the page that opens a socket', () => {
  test('may be one of an allowed origin', async () => {
    const socket = await RawSocket.connect(server.url, null, ALLOWED)
    await socket.close()
  })

  test('may be one of ours', async () => {
    const socket = await RawSocket.connect(server.url, null, server.url)
    await socket.close()
  })

  test.each(['https://evil.example', 'null', `${ALLOWED}.evil.example`])('may not be one of %s', async (origin) => {
    await expect(RawSocket.open(server.url, origin)).rejects.toThrow('403')
  })
})
