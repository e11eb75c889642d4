import { Prisma } from '../../generated/prisma/client.js'
import type { Database } from '../../platform/database/database.js'
import { readFound } from '../../platform/database/read-shape.js'
import type { Selection } from '../../platform/database/selection.js'
import { publicProfileShape } from './public-profile.shape.js'
import type { PublicProfile } from './public-profile.type.js'

/** Profiles as everybody sees them, which is why nobody's name is asked. */
export class PublicProfileQuery {
  constructor(private readonly database: Database) {}

  /** @throws NOT_FOUND for guests, blocked and deleted accounts, the same as for an id that nobody has */
  byId(id: string, selection: Selection): Promise<PublicProfile> {
    const where = Prisma.sql`t.id = ${id}::uuid and not t.is_guest and t.blocked_at is null`
    return readFound(this.database.pool, { shape: publicProfileShape, selection, where }, 'user')
  }
}
