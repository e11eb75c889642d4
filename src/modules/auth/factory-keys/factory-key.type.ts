import { Field, ObjectType } from 'type-graphql'
import { DateTime, UUID } from '../../../platform/graphql/scalars.js'

@ObjectType({
  description: "An API key of a factory's own programs, without its secret. ADMIN only.",
  simpleResolvers: true,
})
export class FactoryKey {
  @Field(() => UUID, { description: 'For revokeFactoryKey.' })
  id!: string

  @Field(() => String, {
    description: 'The beginning of the key, by which to tell it from others: "adtime_fk_7kq2mx9h".',
  })
  prefix!: string

  @Field(() => DateTime, { description: 'When it was issued.' })
  createdAt!: string

  @Field(() => DateTime, {
    nullable: true,
    description: 'A call with it, up to a minute before the last. Null: never used.',
  })
  lastUsedAt!: string | null

  @Field(() => DateTime, { nullable: true, description: 'Since when it is refused. Null while it is good.' })
  revokedAt!: string | null
}
