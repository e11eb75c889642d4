import { Prisma } from '../../../generated/prisma/client.js'
import { type Money, money } from '../../../kernel/money.js'
import type { Viewer } from '../../../kernel/viewer.js'
import type { Page, PageArguments } from '../../../platform/database/page.js'
import { countRows, type KeysetOrder, preloadedPage, readPage, runSql } from '../../../platform/database/read-shape.js'
import type { Selection } from '../../../platform/database/selection.js'
import type { Platform } from '../../../platform/platform.js'
import { requirePrivateTo, type User } from '../../users/index.js'
import { ledgerEntryShape } from './ledger-entry.shape.js'
import type { LedgerEntry } from './ledger-entry.type.js'
import { balanceSql } from './user-money.shape.js'

/** Line ids sort in the order in which their account's balance changed. */
const order: KeysetOrder = { keys: [{ column: 'id', type: 'uuid' }], descending: true }

/** A user's money as that user and staff see it. */
export class LedgerQuery {
  constructor(private readonly platform: Pick<Platform, 'database' | 'cursors'>) {}

  /** @throws FORBIDDEN to others */
  async balance(viewer: Viewer, user: User & { readonly balance?: Money }): Promise<Money> {
    requirePrivateTo(viewer, user.id)
    if (user.balance) return user.balance
    const sql = Prisma.sql`select ${Prisma.raw(balanceSql('t'))} as balance from users t where t.id = ${user.id}::uuid`
    const [row] = await runSql<{ balance: Money }>(this.platform.database.pool, sql)
    return row?.balance ?? money(0n)
  }

  /** Newest first. @throws FORBIDDEN to others */
  async entries(viewer: Viewer, user: User, page: PageArguments, selection: Selection): Promise<Page<LedgerEntry>> {
    requirePrivateTo(viewer, user.id)
    const { pool } = this.platform.database
    const where = Prisma.sql`t.owner_id = ${user.id}::uuid`
    const list = { cursors: this.platform.cursors, scope: `ledger:${user.id}`, page, selection }
    const count = () => countRows(pool, ledgerEntryShape, where)
    const preloaded = await preloadedPage<LedgerEntry>(user, 'ledger', { ...list, count })
    return preloaded ?? readPage<LedgerEntry>(pool, { ...list, shape: ledgerEntryShape, where, order })
  }
}
