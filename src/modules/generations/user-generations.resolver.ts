import type { GraphQLResolveInfo } from 'graphql'
import { Args, Ctx, FieldResolver, Info, Resolver, Root } from 'type-graphql'
import type { Page } from '../../platform/database/page.js'
import type { Context } from '../../platform/graphql/context.js'
import { selectionOf } from '../../platform/graphql/selection-of.js'
import { User } from '../users/index.js'
import type { GenerationQuery } from './generation.query.js'
import { type Generation, GenerationConnection } from './generation.type.js'
import { GenerationsArgs } from './generation-filter.input.js'

@Resolver(() => User)
export class UserGenerationsResolver {
  constructor(private readonly history: GenerationQuery) {}

  @FieldResolver(() => GenerationConnection, {
    description: 'What this user had drawn, newest first. FORBIDDEN unless it is yours or you are staff.',
  })
  generations(
    @Root() user: User,
    @Args(() => GenerationsArgs) args: GenerationsArgs,
    @Ctx() context: Context,
    @Info() info: GraphQLResolveInfo,
  ): Promise<Page<Generation>> {
    return this.history.ofUser(context.viewer, user, args, selectionOf(info))
  }
}
