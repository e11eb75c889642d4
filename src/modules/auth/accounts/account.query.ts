import { Prisma } from '../../../generated/prisma/client.js'
import { unauthenticated } from '../../../kernel/domain-error.js'
import type { Viewer } from '../../../kernel/viewer.js'
import type { Database } from '../../../platform/database/database.js'
import { readFound, readOne } from '../../../platform/database/read-shape.js'
import type { Selection } from '../../../platform/database/selection.js'
import { type User, userShape } from '../../users/index.js'

export class AccountQuery {
  constructor(private readonly database: Database) {}

  /** The viewer's own account. */
  async own(viewer: Viewer, selection: Selection): Promise<User | null> {
    if (viewer.kind === 'visitor') throw unauthenticated()
    return readOne<User>(this.database.pool, {
      shape: userShape,
      selection,
      where: Prisma.sql`t.id = ${viewer.userId}::uuid`,
    })
  }

  /** Anybody's account: for those who may decide about it. @throws NOT_FOUND */
  byId(id: string, selection: Selection): Promise<User> {
    const where = Prisma.sql`t.id = ${id}::uuid`
    return readFound<User>(this.database.pool, { shape: userShape, selection, where }, 'user')
  }

  /** The account of somebody, signed in or not, who has just proven its address: that much of what is private they may see. */
  async proven(id: string, selection: Selection): Promise<User> {
    return { ...(await this.byId(id, selection)), addressIsProven: true }
  }
}
