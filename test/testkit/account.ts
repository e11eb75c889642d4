import type { Role } from '../../src/generated/prisma/enums.js'
import { newId } from '../../src/kernel/ids.js'
import { TestClient } from './client.js'
import type { TestServer } from './server.js'

export interface TestAccount {
  readonly id: string
  readonly client: TestClient
}

const REGISTER = /* GraphQL */ `
  mutation RegisterTestAccount($input: RegisterInput!) {
    register(input: $input) { user { id } token { accessToken } }
  }`

/** A fresh account, signed in. Roles that nobody can register with are given by the database. */
export async function openAccount(
  server: TestServer,
  role: Role = 'USER',
  more: { readonly displayName?: string; readonly factoryId?: string } = {},
): Promise<TestAccount> {
  const { displayName = `Test ${role}`, factoryId } = more
  const input = { email: `${newId()}@example.test`, password: 'Adtime-test-1', displayName }
  const { register } = await new TestClient(server).get<{
    register: { user: { id: string }; token: { accessToken: string } }
  }>(REGISTER, { input })
  const { id } = register.user
  if (role !== 'USER' || factoryId)
    await server.platform.database.prisma.user.update({ where: { id }, data: { role, factoryId: factoryId ?? null } })
  return { id, client: new TestClient(server, register.token.accessToken) }
}
