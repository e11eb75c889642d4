import type { GraphQLResolveInfo } from 'graphql'
import { Arg, Info, Query, Resolver } from 'type-graphql'
import { Prisma } from '../../../src/generated/prisma/client.js'
import { User, userShape } from '../../../src/modules/users/index.js'
import type { Database } from '../../../src/platform/database/database.js'
import { readOne } from '../../../src/platform/database/read-shape.js'
import { Open } from '../../../src/platform/graphql/marks.js'
import { UUID } from '../../../src/platform/graphql/scalars.js'
import { selectionOf } from '../../../src/platform/graphql/selection-of.js'

/** Lets a test ask anybody for any account: what is private on it has to protect itself. */
@Resolver()
export class AccountProbe {
  constructor(private readonly database: Database) {}

  @Open()
  @Query(() => User, { nullable: true })
  account(@Arg('id', () => UUID) id: string, @Info() info: GraphQLResolveInfo): Promise<User | null> {
    const read = { shape: userShape, selection: selectionOf(info), where: Prisma.sql`t.id = ${id}::uuid` }
    return readOne<User>(this.database.pool, read)
  }
}
