import { Arg, Ctx, Mutation, Resolver } from 'type-graphql'
import type { Context } from '../../../platform/graphql/context.js'
import { Can } from '../../../platform/graphql/marks.js'
import { dropRefreshToken } from '../sessions/refresh-cookie.js'
import type { AccountDeletionService } from './account-deletion.service.js'

@Resolver()
export class LeavingResolver {
  constructor(private readonly deletions: AccountDeletionService) {}

  @Can('account.delete')
  @Mutation(() => Boolean, {
    description:
      'Deletes your account for good and ends all its sessions; its address and phone are free at once. What is yours alone goes; unpaid orders are cancelled; orders, payments and reviews stay, under no name. CONFLICT while an order of yours, or one with a design of yours, is PAID, PRODUCTION or SHIPPED, while there is money on the account or on its way to you, and for the last ADMIN. RATE_LIMITED after 5 passwords in a minute, counted with `login`. True.',
  })
  async deleteAccount(
    @Arg('password', () => String, {
      nullable: true,
      description: 'BAD_USER_INPUT when it is wrong, or absent and the account has one.',
    })
    password: string | null,
    @Ctx() context: Context,
  ): Promise<boolean> {
    await this.deletions.delete(context.viewer, password)
    dropRefreshToken(context)
    return true
  }
}
