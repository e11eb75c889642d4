import { notFound, unauthenticated } from '../../kernel/domain-error.js'
import type { Viewer } from '../../kernel/viewer.js'
import { inTransaction, type Transaction } from '../../platform/database/transaction.js'
import type { Platform } from '../../platform/platform.js'

/** What people do with what they were told. */
export class NotificationMarking {
  constructor(private readonly platform: Pick<Platform, 'database' | 'clock'>) {}

  /**
   * @param ids null for all
   * @returns how many were UNREAD until now: of parallel calls each notification counts for one
   * @throws NOT_FOUND, with nothing changed, when one is not the viewer's
   */
  async markRead(viewer: Viewer, ids: readonly string[] | null): Promise<number> {
    if (viewer.kind === 'visitor') throw unauthenticated()
    const { userId } = viewer
    return inTransaction(this.platform.database, async (tx) => {
      if (ids) await requireOwn(tx, userId, ids)
      const { count } = await tx.prisma.notification.updateMany({
        where: { userId, status: 'UNREAD', ...(ids && { id: { in: [...ids] } }) },
        data: { status: 'READ', readAt: this.platform.clock.now() },
      })
      return count
    })
  }

  /** @throws NOT_FOUND unless it is the viewer's */
  async archive(viewer: Viewer, id: string): Promise<void> {
    if (viewer.kind === 'visitor') throw unauthenticated()
    const archived = await this.platform.database.prisma.$executeRaw`
      update notifications set status = 'ARCHIVED', read_at = coalesce(read_at, ${this.platform.clock.now()})
      where id = ${id}::uuid and user_id = ${viewer.userId}::uuid`
    if (archived === 0) throw notFound('notification')
  }
}

async function requireOwn(tx: Transaction, userId: string, ids: readonly string[]): Promise<void> {
  const wanted = [...new Set(ids)]
  const own = await tx.prisma.notification.count({ where: { userId, id: { in: wanted } } })
  if (own !== wanted.length) throw notFound('notification')
}
