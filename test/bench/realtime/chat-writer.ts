import type { Pool } from 'pg'
import { systemClock } from '../../../src/kernel/clock.js'
import { newId } from '../../../src/kernel/ids.js'
import { openDatabase } from '../../../src/platform/database/database.js'
import { inTransaction } from '../../../src/platform/database/transaction.js'
import { EventStreams } from '../../../src/platform/events/event-streams.js'
import { redisBus } from '../../../src/platform/events/redis-bus.js'
import { createLogger } from '../../../src/platform/observability/logger.js'
import { newSecret } from '../bench-secret.js'
import { type BenchViewer, type SigningKey, viewerWith } from '../bench-world.js'

const MANAGERS = 20

/** Another replica, which writes the messages that the measured one hands out. */
export function openChatWriter(databaseUrl: string, redisUrl: string, orderId: string) {
  const log = createLogger('silent')
  const database = openDatabase({ url: databaseUrl, maxConnections: 2 })
  const bus = redisBus(redisUrl, log)
  const streams = new EventStreams({ pool: database.pool, bus, clock: systemClock, log })
  return {
    /** @returns when it was committed, in absolute milliseconds */
    async write(event: number): Promise<number> {
      let committedAt = 0
      await inTransaction(database, async (tx) => {
        tx.afterCommit(() => {
          committedAt = performance.timeOrigin + performance.now()
        })
        const id = newId()
        const number = (await streams.append(tx, [`chat:${orderId}`], id)).get(`chat:${orderId}`) ?? 0n
        const body = bodyOf(event)
        await tx.prisma.chatMessage.create({
          data: { id, orderId, number, senderRole: 'SYSTEM', body, createdAt: new Date() },
        })
      })
      return committedAt
    },
    async close(): Promise<void> {
      await streams.close()
      await bus.close()
      await database.close()
    },
  }
}

export const bodyOf = (event: number): string => `This is event ${event}: the banner is on the printer.`

/** People who may follow any chat. */
export async function openManagers(pool: Pool, key: SigningKey): Promise<BenchViewer[]> {
  const { rows } = await pool.query<{ id: string }>(
    `insert into users (id, email, display_name, role, created_at)
     select gen_random_uuid(), 'manager' || n || '-${newSecret().slice(0, 8)}@bench-run.adtime.test', 'Manager ' || n, 'MANAGER', now()
     from generate_series(1, ${MANAGERS}) n returning id`,
  )
  return Promise.all(rows.map(({ id }) => viewerWith(pool, key, id)))
}
