import { afterAll, describe, expect, it } from 'vitest'
import { createTestDatabase } from '../../../../test/testkit/database.js'
import { addDays } from '../../../kernel/clock.js'
import { newId } from '../../../kernel/ids.js'
import { openDatabase } from '../../../platform/database/database.js'
import { inTransaction } from '../../../platform/database/transaction.js'
import { EventStreams } from '../../../platform/events/event-streams.js'
import { inProcessBus } from '../../../platform/events/in-process-bus.js'
import { createLogger } from '../../../platform/observability/logger.js'
import { endSession, sessionStream } from './session-end.js'
import { openSession } from './session-opening.js'
import { pruneSessions } from './session-pruning.job.js'

const database = openDatabase({ url: (await createTestDatabase()).url, maxConnections: 2 })
afterAll(() => database.close())

const now = new Date('2026-03-01T12:00:00Z')
const account = { id: newId(), role: 'USER' } as const
const log = createLogger('silent')
const streams = new EventStreams({ pool: database.pool, bus: inProcessBus(), clock: { now: () => now }, log })
const nowhere = { ip: null, userAgent: null }

async function openedDaysAgo(days: number): Promise<string> {
  const { sessionId } = await inTransaction(database, (tx) => openSession(tx, account.id, nowhere, addDays(now, -days)))
  return sessionId
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
    for (const id of [ended, dead]) await inTransaction(database, (tx) => endSession(tx, streams, id, now))
    await pruneSessions(database, streams, { now: () => now })(undefined as never, undefined as never)
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
    const signalled = await database.prisma.eventStream.findMany({ select: { name: true } })
    expect(signalled).toEqual([{ name: sessionStream(ended) }])
  })
})
