import { once } from 'node:events'
import { afterAll, expect, it } from 'vitest'
import WebSocket from 'ws'
import { TestClient } from '../../testkit/client.js'
import { startTestServer, type TestServer } from '../../testkit/server.js'
import { LOGIN, LOGOUT, PASSWORD, type Payload } from './operations.js'
import { newAddress, refresh, registerSomebody } from './people.js'

const server = await startTestServer()
const replica = await startTestServer({ databaseUrl: server.databaseUrl })
const opened: WebSocket[] = []

afterAll(() => {
  for (const socket of opened) socket.terminate()
})

/** A socket that has been acknowledged, and what it is closed with. */
async function openSocket(
  at: TestServer,
  authorization?: string,
): Promise<{ readonly socket: WebSocket; readonly closed: Promise<number> }> {
  const socket = new WebSocket(`${at.url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws')
  opened.push(socket)
  const closed = once(socket, 'close').then(([code]) => code as number)
  await once(socket, 'open')
  const acknowledged = once(socket, 'message')
  socket.send(JSON.stringify({ type: 'connection_init', payload: { ...(authorization && { authorization }) } }))
  await acknowledged
  return { socket, closed }
}

const bearer = ({ token }: Pick<Payload, 'token'>) => `Bearer ${token.accessToken}`
const subscribe = (headers?: object) =>
  JSON.stringify({
    id: 'orders',
    type: 'subscribe',
    payload: { query: 'subscription { myOrdersChanged { type } }', extensions: { ...(headers && { headers }) } },
  })

// The other replica reads of it in the database, every few seconds.
it('logout closes the session’s sockets with 4403, with and without a subscription, on every replica, and no others', {
  timeout: 30_000,
}, async () => {
  const email = newAddress()
  const phone = await registerSomebody(server, email)
  const { login: laptop } = await new TestClient(server).get<{ login: Payload }>(LOGIN, {
    input: { email, password: PASSWORD },
  })
  const [idle, busy, away, other] = await Promise.all([
    openSocket(server, bearer(phone)),
    openSocket(server, bearer(phone)),
    openSocket(replica, bearer(phone)),
    openSocket(server, bearer(laptop)),
  ])
  busy.socket.send(subscribe())
  await new TestClient(server, phone.token.accessToken).get(LOGOUT)
  expect(await Promise.all([idle.closed, busy.closed, away.closed])).toEqual([4403, 4403, 4403])
  expect(other.socket.readyState).toBe(WebSocket.OPEN)
})

it('a session that came with a message ends the socket too', async () => {
  const somebody = await registerSomebody(server)
  const { socket, closed } = await openSocket(server)
  socket.send(subscribe({ Authorization: bearer(somebody) }))
  // Answered after the subscription has begun.
  socket.send(JSON.stringify({ id: 'me', type: 'subscribe', payload: { query: '{ plans { tier } }' } }))
  await once(socket, 'message')
  await new TestClient(server, somebody.token.accessToken).get(LOGOUT)
  expect(await closed).toBe(4403)
})

it('a used refresh token that comes again from elsewhere closes the sockets of its session', async () => {
  const somebody = await registerSomebody(server)
  await refresh(server, somebody.token.refreshToken)
  const { closed } = await openSocket(server, bearer(somebody))
  await refresh(server, somebody.token.refreshToken)
  expect(await closed).toBe(4403)
})

it('the socket of an ended session opens, for what is for everybody', async () => {
  const somebody = await registerSomebody(server)
  await new TestClient(server, somebody.token.accessToken).get(LOGOUT)
  const { socket } = await openSocket(server, bearer(somebody))
  const answered = once(socket, 'message')
  socket.send(subscribe())
  const [message] = await answered
  expect(JSON.parse(String(message)).payload.errors[0].extensions.code).toBe('UNAUTHENTICATED')
})
