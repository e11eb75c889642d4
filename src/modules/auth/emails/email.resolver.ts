import type { GraphQLResolveInfo } from 'graphql'
import { Arg, Ctx, Info, Mutation, Query, Resolver } from 'type-graphql'
import type { Context } from '../../../platform/graphql/context.js'
import { Can, Open } from '../../../platform/graphql/marks.js'
import { EmailAddress } from '../../../platform/graphql/scalars.js'
import { selectionOf } from '../../../platform/graphql/selection-of.js'
import { User } from '../../users/index.js'
import type { AccountQuery } from '../accounts/account.query.js'
import type { EmailAvailabilityService } from './email-availability.service.js'
import type { EmailVerificationService } from './email-verification.service.js'

@Resolver()
export class EmailResolver {
  constructor(
    private readonly verification: EmailVerificationService,
    private readonly availability: EmailAvailabilityService,
    private readonly accounts: AccountQuery,
  ) {}

  @Open()
  @Query(() => Boolean, {
    description:
      'Whether no account has the address yet. RATE_LIMITED after 60 questions in a minute from one address.',
  })
  emailAvailable(
    @Arg('email', () => EmailAddress, { description: 'In any case of letters.' }) email: string,
    @Ctx() context: Context,
  ): Promise<boolean> {
    return this.availability.isAvailable(email, context)
  }

  @Can('account.manage')
  @Mutation(() => Boolean, {
    description:
      'Has a letter with a link sent to the address that you have yet to prove: the new one while a change waits for its proof, otherwise your own. True, also when there is nothing to prove and no letter. FORBIDDEN for guests; CONFLICT when the account has no address; PROVIDER_UNAVAILABLE where no letters can be sent; RATE_LIMITED after 5 in an hour.',
  })
  async requestEmailVerification(@Ctx() context: Context): Promise<boolean> {
    await this.verification.request(context.viewer, context)
    return true
  }

  @Open()
  @Mutation(() => User, {
    description:
      'Proves an address with the token of its letter. A new address that an account waits for becomes its own; the old one is told. Signs nobody in: who is not signed in sees of the account what everybody sees, and its address. CONFLICT when another account has taken the address meanwhile; RATE_LIMITED after 20 wrong tokens in a minute from one address.',
  })
  async verifyEmail(
    @Arg('token', () => String, {
      description:
        'From the letter: good for 24 hours, once, and as long as its address is the one to prove. BAD_USER_INPUT, naming this field, for any other.',
    })
    token: string,
    @Ctx() context: Context,
    @Info() info: GraphQLResolveInfo,
  ): Promise<User> {
    return this.accounts.proven(await this.verification.verify(token, context), selectionOf(info))
  }
}
