import { randomBytes } from 'node:crypto'
import { TestClient } from '../../testkit/client.js'
import type { TestServer } from '../../testkit/server.js'
import { PASSWORD, type Payload, REFRESH, REGISTER, START_GUEST } from './operations.js'

export const newAddress = (): string => `person-${randomBytes(6).toString('hex')}@example.com`

/** Somebody new, with the answer they got. */
export async function registerSomebody(server: TestServer, email = newAddress()): Promise<Payload> {
  const { register } = await new TestClient(server).get<{ register: Payload }>(REGISTER, {
    input: { email, password: PASSWORD },
  })
  return register
}

export interface Guest {
  readonly id: string
  readonly payload: Payload
  readonly client: TestClient
}

/** A guest, signed in. */
export async function startGuest(server: TestServer): Promise<Guest> {
  const { startGuestSession: payload } = await new TestClient(server).get<{ startGuestSession: Payload }>(START_GUEST)
  return { id: payload.user.id, payload, client: new TestClient(server, payload.token.accessToken) }
}

/** By a client that the server has not met, unless it is given. */
export const refresh = (server: TestServer, refreshToken: string, client = new TestClient(server)) =>
  client.ask<{ refreshToken: Payload }>(REFRESH, { refreshToken })
