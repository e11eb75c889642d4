import type { GraphQLResolveInfo } from 'graphql'
import { Arg, Info, Query, Resolver } from 'type-graphql'
import { Open } from '../../platform/graphql/marks.js'
import { UUID } from '../../platform/graphql/scalars.js'
import { selectionOf } from '../../platform/graphql/selection-of.js'
import type { PublicProfileQuery } from './public-profile.query.js'
import { PublicProfile } from './public-profile.type.js'

@Resolver()
export class PublicProfileResolver {
  constructor(private readonly profiles: PublicProfileQuery) {}

  @Open()
  @Query(() => PublicProfile, {
    nullable: true,
    description:
      'The public side of an account. NOT_FOUND for an unknown id, and for guests, blocked and deleted accounts.',
  })
  user(
    @Arg('id', () => UUID, { description: 'Of a User or PublicProfile.' }) id: string,
    @Info() info: GraphQLResolveInfo,
  ): Promise<PublicProfile> {
    return this.profiles.byId(id, selectionOf(info))
  }
}
