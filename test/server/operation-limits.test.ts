import { expect, it } from 'vitest'
import { openAccount } from '../testkit/account.js'
import { someAddress, TestClient } from '../testkit/client.js'
import { RawSocket } from '../testkit/raw-socket.js'
import { startTestServer } from '../testkit/server.js'

// ME costs 2 points.
const ME = '{ me { id } }'
const OPTIONS = '{ plans { tier } }'
const small = await startTestServer({ env: { RATE_LIMIT_COST: '40' } })
const ordinary = await startTestServer()

it('refuses an account what is over its points in a minute, whichever addresses it calls from', async () => {
  const { client } = await openAccount(small)
  const token = client.token
  const codes = await Promise.all(Array.from({ length: 50 }, () => new TestClient(small, token).codeOf(ME)))
  expect(codes.filter((code) => code === 'ok')).toHaveLength(20)
  expect(codes.filter((code) => code === 'RATE_LIMITED')).toHaveLength(30)
  const other = await openAccount(small)
  expect(await other.client.codeOf(ME)).toBe('ok')
})

it('gives an address without an account four times as much', async () => {
  const visitor = new TestClient(small)
  const codes = await Promise.all(Array.from({ length: 50 }, () => visitor.codeOf(OPTIONS)))
  // 160 points, and a list of plans costs 1 + 5.
  expect(codes.filter((code) => code === 'ok')).toHaveLength(26)
  expect(await new TestClient(small).codeOf(OPTIONS)).toBe('ok')
})

it('answers 429 with the seconds to wait, and in the extensions of the error', async () => {
  const headers = { 'content-type': 'application/json', 'x-forwarded-for': someAddress() }
  const body = JSON.stringify({ query: '{ marketplaceItems(first: 100) { nodes { id title } } }' })
  const response = await fetch(`${small.url}/graphql`, { method: 'POST', headers, body })
  const { data, errors } = (await response.json()) as { data?: unknown; errors: { extensions: object }[] }
  expect(response.status).toBe(429)
  expect(Number(response.headers.get('retry-after'))).toBeGreaterThan(50)
  expect(data).toBeUndefined()
  expect(errors[0]?.extensions).toMatchObject({ code: 'RATE_LIMITED', retryAfter: expect.any(Number) })
  expect(errors[0]?.extensions).not.toHaveProperty('http')
})

it('counts what comes over a socket with the rest, and leaves the socket open', async () => {
  const { client } = await openAccount(small)
  const socket = await RawSocket.connect(small.url, client.token)
  const answers = await Promise.all(Array.from({ length: 30 }, (_, n) => socket.ask(String(n), { query: ME })))
  expect(answers.filter(({ type }) => type === 'next')).toHaveLength(20)
  const refused = answers.find(({ type }) => type === 'error')
  expect(refused?.payload).toMatchObject([{ extensions: { code: 'RATE_LIMITED', retryAfter: expect.any(Number) } }])
  expect(await client.codeOf(ME)).toBe('RATE_LIMITED')
  await socket.close()
})

it('leaves an ordinary account and an ordinary address room for a minute of small operations at once', async () => {
  const { client } = await openAccount(ordinary)
  const visitor = new TestClient(ordinary)
  const own = '{ me { id displayName role email orders(first: 3) { nodes { id number status total { formatted } } } } }'
  const shown = '{ marketplaceItems(first: 5) { nodes { id title price { formatted } designer { displayName } } } }'
  for (let burst = 0; burst < 6; burst++) {
    const codes = await Promise.all([
      ...Array.from({ length: 100 }, () => client.codeOf(own)),
      ...Array.from({ length: 100 }, () => visitor.codeOf(shown)),
    ])
    expect(new Set(codes)).toEqual(new Set(['ok']))
  }
})
