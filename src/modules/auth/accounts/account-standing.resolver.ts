import type { GraphQLResolveInfo } from 'graphql'
import { Args, Ctx, Info, Mutation, Resolver } from 'type-graphql'
import type { Context } from '../../../platform/graphql/context.js'
import { Can } from '../../../platform/graphql/marks.js'
import { selectionOf } from '../../../platform/graphql/selection-of.js'
import { User } from '../../users/index.js'
import type { AccountQuery } from './account.query.js'
import { SetUserBlockedArgs, SetUserRoleArgs } from './account-standing.args.js'
import type { AccountStandingService } from './account-standing.service.js'

@Resolver()
export class AccountStandingResolver {
  constructor(
    private readonly standings: AccountStandingService,
    private readonly accounts: AccountQuery,
  ) {}

  @Can('account.standing')
  @Mutation(() => User, {
    description:
      'Gives an account a role. Its next call has it, within 2 seconds at most. NOT_FOUND for an unknown account or factory; CONFLICT for guests, service accounts, and the last ADMIN who is not blocked. ADMIN only.',
  })
  async setUserRole(
    @Args(() => SetUserRoleArgs) args: SetUserRoleArgs,
    @Ctx() context: Context,
    @Info() info: GraphQLResolveInfo,
  ): Promise<User> {
    await this.standings.setRole(context.viewer, args, context)
    return this.accounts.byId(args.userId, selectionOf(info))
  }

  @Can('account.standing')
  @Mutation(() => User, {
    description:
      'Shuts an account out: its sessions end at once, its sockets are closed with 4403, and it cannot sign in. What it made stays. NOT_FOUND for an unknown account; CONFLICT for yourself and the last ADMIN who is not blocked. ADMIN only.',
  })
  async setUserBlocked(
    @Args(() => SetUserBlockedArgs) args: SetUserBlockedArgs,
    @Ctx() context: Context,
    @Info() info: GraphQLResolveInfo,
  ): Promise<User> {
    await this.standings.setBlocked(context.viewer, args, context)
    return this.accounts.byId(args.userId, selectionOf(info))
  }
}
