import { randomBytes } from 'node:crypto'
import { TestClient } from '../../testkit/client.js'
import type { TestServer } from '../../testkit/server.js'
import { PASSWORD, type Payload, REFRESH, REGISTER } from './operations.js'

export const newAddress = (): string => `person-${randomBytes(6).toString('hex')}@example.com`

/** Somebody new, with the answer they got. */
export async function registerSomebody(server: TestServer, email = newAddress()): Promise<Payload> {
  const { register } = await new TestClient(server).get<{ register: Payload }>(REGISTER, {
    input: { email, password: PASSWORD },
  })
  return register
}

export const refresh = (server: TestServer, refreshToken: string) =>
  new TestClient(server).ask<{ refreshToken: Payload }>(REFRESH, { refreshToken })
