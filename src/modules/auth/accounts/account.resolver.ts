import type { GraphQLResolveInfo } from 'graphql'
import { Ctx, Info, Query, Resolver } from 'type-graphql'
import type { Context } from '../../../platform/graphql/context.js'
import { Can } from '../../../platform/graphql/marks.js'
import { selectionOf } from '../../../platform/graphql/selection-of.js'
import { User } from '../../users/index.js'
import type { AccountQuery } from './account.query.js'

@Resolver()
export class AccountResolver {
  constructor(private readonly accounts: AccountQuery) {}

  @Can('account.read')
  @Query(() => User, { nullable: true, description: 'Your own account. UNAUTHENTICATED without a valid access token.' })
  me(@Ctx() { viewer }: Context, @Info() info: GraphQLResolveInfo): Promise<User | null> {
    return this.accounts.own(viewer, selectionOf(info))
  }
}
