import { describe, expect, test } from 'vitest'
import { newId } from '../../src/kernel/ids.js'
import { startTestServer, type TestServer } from '../testkit/server.js'

const CLIENT = '203.0.113.7'
const behindProxy = await startTestServer({ env: { TRUSTED_PROXIES: '127.0.0.0/8, 10.0.0.1' } })
const alone = await startTestServer({ env: { TRUSTED_PROXIES: '' }, databaseUrl: behindProxy.databaseUrl })

/** The address that is kept with a session begun through these proxies. */
async function keptAddress(server: TestServer, forwardedFor: string): Promise<string | null | undefined> {
  const email = `${newId()}@example.test`
  const response = await fetch(`${server.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-forwarded-for': forwardedFor },
    body: JSON.stringify({
      query: 'mutation($input: RegisterInput!) { register(input: $input) { user { id } } }',
      variables: { input: { email, password: 'Adtime-test-1' } },
    }),
  })
  expect(response.status).toBe(200)
  const session = await server.platform.database.prisma.session.findFirst({ where: { user: { email } } })
  return session?.ip
}

describe('the address of a client', () => {
  test('is what a trusted proxy says', async () => {
    expect(await keptAddress(behindProxy, CLIENT)).toBe(CLIENT)
  })

  test('is what the last proxy that is not trusted says, not what the client wrote before', async () => {
    expect(await keptAddress(behindProxy, `198.51.100.1, ${CLIENT}, 10.0.0.1`)).toBe(CLIENT)
  })

  test('is that of the socket when no proxy is trusted', async () => {
    expect(await keptAddress(alone, CLIENT)).toBe('127.0.0.1')
  })
})
