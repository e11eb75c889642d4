import { TestClient } from '../../testkit/client.js'
import type { TestServer } from '../../testkit/server.js'

export interface KeyView {
  readonly id: string
  readonly prefix: string
  readonly createdAt: string
  readonly lastUsedAt: string | null
  readonly revokedAt: string | null
}

const KEY = '{ id prefix createdAt lastUsedAt revokedAt }'

export const ISSUE_KEY = 'mutation IssueKey($factoryId: UUID!) { issueFactoryKey(factoryId: $factoryId) }'
export const REVOKE_KEY = `mutation RevokeKey($id: UUID!) { revokeFactoryKey(id: $id) ${KEY} }`
export const KEYS = `query Keys($factoryId: UUID!) { factoryKeys(factoryId: $factoryId) ${KEY} }`
export const WHOAMI = 'query WhoAmI { me { id displayName role email isGuest } }'

export const issueKey = async (admin: TestClient, factoryId: string): Promise<string> =>
  (await admin.get<{ issueFactoryKey: string }>(ISSUE_KEY, { factoryId })).issueFactoryKey

export const keysOf = async (admin: TestClient, factoryId: string): Promise<KeyView[]> =>
  (await admin.get<{ factoryKeys: KeyView[] }>(KEYS, { factoryId })).factoryKeys

/** A new key, its id, and the program that calls with it. */
export async function openProgram(server: TestServer, admin: TestClient, factoryId: string) {
  const token = await issueKey(admin, factoryId)
  const { id, userId } = await server.platform.database.prisma.factoryKey.findFirstOrThrow({
    where: { prefix: token.slice(0, 'adtime_fk_'.length + 8) },
  })
  return { id, userId, token, client: new TestClient(server, token) }
}
