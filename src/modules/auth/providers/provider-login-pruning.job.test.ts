import { afterAll, expect, it } from 'vitest'
import { createTestDatabase } from '../../../../test/testkit/database.js'
import { openDatabase } from '../../../platform/database/database.js'
import { secretHash } from '../../../platform/secrets/one-time-secret.js'
import { pruneProviderLogins } from './provider-login-pruning.job.js'

const database = openDatabase({ url: (await createTestDatabase()).url, maxConnections: 2 })
afterAll(() => database.close())

it('drops the visits that nobody came back from in time, and no other', async () => {
  const now = new Date('2026-03-01T12:00:00Z')
  const visit = (state: string, expiresAt: Date) => ({
    stateHash: secretHash(state),
    provider: 'GOOGLE' as const,
    secrets: new Uint8Array(1),
    redirectUri: 'https://app.example.test/',
    createdAt: now,
    expiresAt,
  })
  const late = visit('late', new Date(now.getTime() - 1))
  const inTime = visit('in time', new Date(now.getTime() + 1))
  await database.prisma.providerLogin.createMany({ data: [late, inTime] })
  await pruneProviderLogins(database, { now: () => now })(undefined as never, undefined as never)
  const left = await database.prisma.providerLogin.findMany({ select: { stateHash: true } })
  expect(left).toEqual([{ stateHash: inTime.stateHash }])
})
