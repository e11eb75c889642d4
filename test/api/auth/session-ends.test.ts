import { decodeJwt } from 'jose'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { TestClient } from '../../testkit/client.js'
import { RawSocket } from '../../testkit/raw-socket.js'
import { describeRedis, redisUrl } from '../../testkit/redis.js'
import { startTestServer, type TestServer } from '../../testkit/server.js'
import { LOGIN, LOGOUT, PASSWORD, type Payload, REVOKE, REVOKE_OTHERS } from './operations.js'
import { newAddress, registerSomebody } from './people.js'

const LIMIT_MS = 2_000

type End = (server: TestServer, phone: Payload, laptop: Payload) => Promise<unknown>

const as = (server: TestServer, { token }: Payload) => new TestClient(server, token.accessToken)
const sessionOf = ({ token }: Payload) => String(decodeJwt(token.accessToken).sid)

/** Each ends the telephone's session. */
const ends: readonly (readonly [string, End])[] = [
  ['logout', (server, phone) => as(server, phone).get(LOGOUT)],
  ['revoking it', (server, phone, laptop) => as(server, laptop).get(REVOKE, { id: sessionOf(phone) })],
  ['revoking all others', (server, _, laptop) => as(server, laptop).get(REVOKE_OTHERS)],
]

function acrossReplicas(env: Readonly<Record<string, string>>) {
  let here: TestServer
  let there: TestServer

  beforeAll(async () => {
    here = await startTestServer({ env })
    there = await startTestServer({ env, databaseUrl: here.databaseUrl })
  })
  afterAll(() => Promise.all([here.close(), there.close()]))

  it.each(ends)('%s closes sockets on both within two seconds, with 4403, and no others', async (_, end) => {
    const email = newAddress()
    const phone = await registerSomebody(here, email)
    const { login: laptop } = await new TestClient(here).get<{ login: Payload }>(LOGIN, {
      input: { email, password: PASSWORD },
    })
    const { accessToken } = phone.token
    const sockets = await Promise.all([here, there, there].map(({ url }) => RawSocket.connect(url, accessToken)))
    const other = await RawSocket.connect(there.url, laptop.token.accessToken)
    sockets[1]?.send({
      id: 'orders',
      type: 'subscribe',
      payload: { query: 'subscription { myOrdersChanged { type } }' },
    })
    await end(here, phone, laptop)
    const began = Date.now()
    const codes = await Promise.all(sockets.map(({ closed }) => closed))
    const took = Date.now() - began
    expect(codes).toEqual([4403, 4403, 4403])
    expect(took).toBeLessThan(LIMIT_MS)
    expect((await other.ask('me', { query: '{ me { id } }' })).type).toBe('next')
    await other.close()
  })
}

describeRedis('the end of a session, announced through Redis to another replica,', () =>
  acrossReplicas({ REDIS_URL: redisUrl ?? '' }),
)

// Each has a bus of its own, which is healthy and carries nothing from one to the other.
describe('the end of a session, on a replica that misses the announcement,', () => acrossReplicas({}))
