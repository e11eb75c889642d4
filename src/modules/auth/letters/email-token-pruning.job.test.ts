import { afterAll, expect, it } from 'vitest'
import { createTestDatabase } from '../../../../test/testkit/database.js'
import { newId } from '../../../kernel/ids.js'
import { openDatabase } from '../../../platform/database/database.js'
import { issueEmailToken, lookAtEmailToken } from './email-token.js'
import { pruneEmailTokens } from './email-token-pruning.job.js'

const database = openDatabase({ url: (await createTestDatabase()).url, maxConnections: 2 })
afterAll(() => database.close())

const start = new Date('2026-03-01T12:00:00Z')
const later = new Date('2026-03-01T13:00:01Z')

it('tokens go when they have expired, with the addresses they were sent to', async () => {
  const proof = { userId: newId(), email: 'anna@example.com' }
  const { userId: id, email } = proof
  await database.prisma.user.create({ data: { id, email, displayName: 'Anna', createdAt: start } })
  await issueEmailToken(database, 'RESET_PASSWORD', proof, start)
  const living = await issueEmailToken(database, 'VERIFY_EMAIL', proof, start)
  await pruneEmailTokens(database, { now: () => later })(undefined as never, undefined as never)
  expect(await database.prisma.emailToken.count()).toBe(1)
  expect(await lookAtEmailToken(database, 'VERIFY_EMAIL', living, later)).toEqual(proof)
})
