import { afterAll, describe, expect, it } from 'vitest'
import { createTestDatabase } from '../../../test/testkit/database.js'
import { addDays } from '../../kernel/clock.js'
import { newId } from '../../kernel/ids.js'
import { openDatabase } from '../../platform/database/database.js'
import { inTransaction } from '../../platform/database/transaction.js'
import { endSession } from './session-end.js'
import { openSession } from './session-opening.js'
import { pruneSessions } from './session-pruning.job.js'

const database = openDatabase({ url: (await createTestDatabase()).url, maxConnections: 2 })
afterAll(() => database.close())

const now = new Date('2026-03-01T12:00:00Z')
const account = { id: newId(), role: 'USER', isGuest: false, factoryId: null } as const
const nowhere = { ip: null, userAgent: null }

async function openedDaysAgo(days: number): Promise<string> {
  const { viewer } = await inTransaction(database, (tx) => openSession(tx, account, nowhere, addDays(now, -days)))
  return viewer.sessionId
}

describe('pruning sessions', () => {
  it('drops what nobody could have used for thirty days, and tokens that expired', async () => {
    await database.prisma.user.create({ data: { ...account, displayName: 'Anna', createdAt: now } })
    const [living, expired, ended, dead] = [
      await openedDaysAgo(6),
      await openedDaysAgo(8),
      await openedDaysAgo(6),
      await openedDaysAgo(38),
    ]
    await endSession(database.prisma, ended, now)
    await pruneSessions(database, { now: () => now })(undefined as never, undefined as never)
    const sessions = await database.prisma.session.findMany({ include: { refreshTokens: true } })
    const left = new Map(sessions.map(({ id, refreshTokens }) => [id, refreshTokens.length]))
    expect(left).toEqual(
      new Map([
        [living, 1],
        [expired, 0],
        [ended, 1],
      ]),
    )
    expect(left.has(dead)).toBe(false)
  })
})
