import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createTestDatabase } from '../../../../test/testkit/database.js'
import { newId } from '../../../kernel/ids.js'
import { openDatabase } from '../../../platform/database/database.js'
import { inTransaction } from '../../../platform/database/transaction.js'
import { EventStreams } from '../../../platform/events/event-streams.js'
import { inProcessBus } from '../../../platform/events/in-process-bus.js'
import { createLogger } from '../../../platform/observability/logger.js'
import { endSessionsOf, sessionStream } from './session-end.js'
import { openSession } from './session-opening.js'

const database = openDatabase({ url: (await createTestDatabase()).url, maxConnections: 10 })
const now = new Date('2026-03-01T12:00:00Z')
const streams = new EventStreams({
  pool: database.pool,
  bus: inProcessBus(),
  clock: { now: () => now },
  log: createLogger('silent'),
})
const [anna, boris] = [newId(), newId()]

beforeAll(async () => {
  for (const id of [anna, boris])
    await database.prisma.user.create({ data: { id, role: 'USER', displayName: 'Somebody', createdAt: now } })
})
afterAll(async () => {
  await streams.close()
  await database.close()
})

async function open(userId: string): Promise<string> {
  const client = { ip: null, userAgent: null }
  const { sessionId } = await inTransaction(database, (tx) => openSession(tx, userId, client, now))
  return sessionId
}

const endAll = (userId: string, except?: string) =>
  inTransaction(database, (tx) => endSessionsOf(tx, streams, userId, now, except))
const living = async (userId: string) =>
  (await database.prisma.session.findMany({ where: { userId, endedAt: null } })).map(({ id }) => id)

describe('ending the sessions of an account', () => {
  it('ends all but one, names those it ended, signals each, and leaves other accounts alone', async () => {
    const [first, second, kept, foreign] = [await open(anna), await open(anna), await open(anna), await open(boris)]
    const signals = await streams.followSignals(sessionStream(first))
    expect((await endAll(anna, kept)).sort()).toEqual([first, second].sort())
    expect((await signals.next()).done).toBe(false)
    expect(await living(anna)).toEqual([kept])
    expect(await living(boris)).toEqual([foreign])
    expect(await endAll(anna)).toEqual([kept])
    expect(await endAll(anna)).toEqual([])
  })

  it('names each session once, however many end them at once', async () => {
    const sessions = await Promise.all(Array.from({ length: 20 }, () => open(anna)))
    const ended = await Promise.all(Array.from({ length: 10 }, () => endAll(anna)))
    expect(ended.flat().sort()).toEqual(sessions.sort())
  })
})
