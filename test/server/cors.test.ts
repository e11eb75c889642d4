import { describe, expect, test } from 'vitest'
import { startTestServer } from '../testkit/server.js'

const ALLOWED = 'https://app.example.test'
const server = await startTestServer({ env: { ALLOWED_ORIGINS: `${ALLOWED}, http://localhost:5173` } })

const ask = (headers: Record<string, string>) =>
  fetch(`${server.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: '{"query":"{ __typename }"}',
  })

const preflight = (origin: string, method: string, headers: string) =>
  fetch(`${server.url}/graphql`, {
    method: 'OPTIONS',
    headers: { origin, 'access-control-request-method': method, 'access-control-request-headers': headers },
  })

const list = (value: string | null): string[] => (value ?? '').split(',').map((name) => name.trim().toLowerCase())

describe('a page of an allowed origin', () => {
  test.each([ALLOWED, 'http://localhost:5173'])(
    '%s may read answers, with cookies and the request id',
    async (origin) => {
      const { headers } = await ask({ origin })

      expect(headers.get('access-control-allow-origin')).toBe(origin)
      expect(headers.get('access-control-allow-credentials')).toBe('true')
      expect(list(headers.get('access-control-expose-headers'))).toContain('x-request-id')
    },
  )

  test.each(['POST', 'GET'])('may send %s with every header there is use for', async (method) => {
    const wanted = ['content-type', 'authorization', 'apollo-require-preflight', 'x-auth-mode']
    const answer = await preflight(ALLOWED, method, wanted.join(','))

    expect(answer.status).toBeLessThan(300)
    expect(answer.headers.get('access-control-allow-origin')).toBe(ALLOWED)
    expect(answer.headers.get('access-control-allow-methods')).toContain(method)
    expect(list(answer.headers.get('access-control-allow-headers'))).toEqual(expect.arrayContaining(wanted))
    expect(list(answer.headers.get('vary'))).toContain('origin')
  })

  test('reads refusals too', async () => {
    const answer = await fetch(`${server.url}/graphql`, {
      method: 'POST',
      headers: { origin: ALLOWED, 'content-type': 'application/json' },
      body: '{',
    })

    expect(answer.status).toBe(400)
    expect(answer.headers.get('access-control-allow-origin')).toBe(ALLOWED)
  })
})

describe('a page of another origin', () => {
  test.each([
    'https://evil.example',
    'null',
    `${ALLOWED}.evil.example`,
    ALLOWED.toUpperCase(),
    'http://app.example.test',
  ])('%s may read nothing', async (origin) => {
    expect((await ask({ origin })).headers.get('access-control-allow-origin')).toBeNull()
    expect((await preflight(origin, 'POST', 'content-type')).headers.get('access-control-allow-origin')).toBeNull()
  })
})

describe('a cache is told that answers differ by origin', () => {
  test.each(['/graphql', '/health', '/graphiql', '/nowhere'])('at %s, also when no origin is named', async (path) => {
    const answer = await fetch(server.url + path)
    await answer.arrayBuffer()

    expect(list(answer.headers.get('vary'))).toContain('origin')
  })
})
