import { createClient } from 'graphql-ws'
import { afterEach, describe, expect, it } from 'vitest'
import WebSocket from 'ws'
import { TestClient } from '../../testkit/client.js'
import { RawSocket } from '../../testkit/raw-socket.js'
import { startTestServer } from '../../testkit/server.js'
import { LOGOUT, ME, type Payload } from './operations.js'
import { refresh, registerSomebody } from './people.js'

let offset = 0
const clock = { now: () => new Date(Date.now() + offset) }
const server = await startTestServer({ clock })

const LIVE = 'subscription { myOrdersChanged { type } }'

/** Somebody whose access token is good for one more second and a part. */
async function aboutToExpire(): Promise<Payload> {
  const somebody = await registerSomebody(server)
  offset += new Date(somebody.token.issuedAt).getTime() + 1_799_000 - clock.now().getTime()
  return somebody
}

describe('a socket whose access token expires', () => {
  it('closes with 4401 in that moment, idle or not, and says what to do', async () => {
    const { token } = await aboutToExpire()
    const [idle, busy] = await Promise.all([1, 2].map(() => RawSocket.connect(server.url, token.accessToken)))
    busy?.send({ id: 'live', type: 'subscribe', payload: { query: LIVE } })
    expect(await Promise.all([idle?.closed, busy?.closed])).toEqual([4401, 4401])
    expect(clock.now().getTime()).toBeGreaterThanOrEqual(new Date(token.issuedAt).getTime() + 1_800_000)
    expect(idle?.closeReason).toBe('The access token has expired. Refresh and connect again.')
  })

  it('is open for visitors’ business when it had expired before, and can sign in by a message', async () => {
    const { token, user } = await aboutToExpire()
    offset += 2_000
    const socket = await RawSocket.connect(server.url, token.accessToken)
    expect(JSON.stringify(await socket.ask('live', { query: LIVE }))).toContain('UNAUTHENTICATED')
    const { data } = await refresh(server, token.refreshToken)
    const headers = { authorization: `Bearer ${data?.refreshToken.token.accessToken}` }
    const me = await socket.ask('me', { query: ME, extensions: { headers } })
    expect(me.payload).toMatchObject({ data: { me: { id: user.id } } })
    await socket.close()
  })
})

describe('the client of graphql-ws', () => {
  const open: ReturnType<typeof createClient>[] = []
  afterEach(async () => {
    for (const client of open.splice(0)) await client.dispose()
  })

  interface Following {
    readonly client: ReturnType<typeof createClient>
    readonly failed: Promise<unknown>
    readonly closed: number[]
    connections: number
  }

  function follow(token: () => string, shouldRetry?: (event: unknown) => boolean): Following {
    const closed: number[] = []
    const client = createClient({
      url: `${server.url.replace('http', 'ws')}/graphql`,
      webSocketImpl: WebSocket,
      retryAttempts: 3,
      retryWait: async () => undefined,
      ...(shouldRetry && { shouldRetry }),
      connectionParams: () => ({ authorization: `Bearer ${token()}` }),
    })
    open.push(client)
    const following: Following = {
      client,
      connections: 0,
      closed,
      failed: new Promise((resolve) => {
        const next = ({ errors }: { errors?: unknown }) => void (errors && resolve(errors))
        client.subscribe({ query: LIVE }, { next, error: resolve, complete: () => resolve(null) })
      }),
    }
    client.on('connected', () => following.connections++)
    client.on('closed', (event) => closed.push((event as { code: number }).code))
    return following
  }

  it('takes 4401 for final: its subscription fails with that code, and the app subscribes again', async () => {
    const { token } = await aboutToExpire()
    const following = follow(() => token.accessToken)
    expect(await following.failed).toMatchObject({ code: 4401 })
    expect(following).toMatchObject({ connections: 1, closed: [4401] })
    const { data } = await refresh(server, token.refreshToken)
    const again = follow(() => String(data?.refreshToken.token.accessToken))
    await expect.poll(() => again.connections).toBe(1)
    expect(again.closed).toEqual([])
  })

  it('that is ended in time connects again with the next token, and never meets 4401', async () => {
    const { token, user } = await aboutToExpire()
    let { accessToken } = token
    const { client, ...following } = follow(() => accessToken)
    const connected = () => new Promise((resolve) => client.on('connected', resolve))
    await connected()
    accessToken = String((await refresh(server, token.refreshToken)).data?.refreshToken.token.accessToken)
    const again = connected()
    client.terminate()
    await again
    offset += 2_000
    const me = await new Promise((resolve) => {
      client.subscribe({ query: ME }, { next: resolve, error: resolve, complete: () => undefined })
    })
    expect(me).toMatchObject({ data: { me: { id: user.id } } })
    expect(following.closed).toEqual([4499])
  })

  it.each([
    ['connects again after 4403 by itself, in vain', undefined, 2],
    ['does not, when it is told to', (event: unknown) => (event as { code?: number }).code !== 4403, 1],
  ] as const)('%s', async (_, shouldRetry, connections) => {
    const { token } = await registerSomebody(server)
    const following = follow(() => token.accessToken, shouldRetry)
    await expect.poll(() => following.connections).toBe(1)
    await new TestClient(server, token.accessToken).get(LOGOUT)
    const failure = await following.failed
    if (connections === 1) expect(failure).toMatchObject({ code: 4403 })
    else expect(failure).toMatchObject([{ extensions: { code: 'UNAUTHENTICATED' } }])
    expect(following).toMatchObject({ connections, closed: expect.arrayContaining([4403]) })
  })
})
