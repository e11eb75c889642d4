import type { GraphQLResolveInfo } from 'graphql'
import { Arg, Ctx, Info, Mutation, Resolver } from 'type-graphql'
import type { Context } from '../../../platform/graphql/context.js'
import { Can } from '../../../platform/graphql/marks.js'
import { selectionOf } from '../../../platform/graphql/selection-of.js'
import { User } from '../../users/index.js'
import type { AccountQuery } from '../accounts/account.query.js'
import type { SecondFactorService } from './second-factor.service.js'
import { TwoFactorEnrollment } from './two-factor-enrollment.type.js'

@Resolver()
export class SecondFactorResolver {
  constructor(
    private readonly secondFactors: SecondFactorService,
    private readonly accounts: AccountQuery,
  ) {}

  @Can('second-factor.manage')
  @Mutation(() => TwoFactorEnrollment, {
    description:
      'Begins with a second factor: a secret that replaces an unconfirmed one. CONFLICT while a confirmed one is there; FORBIDDEN to guests and API keys.',
  })
  enrollTwoFactor(@Ctx() { viewer }: Context): Promise<TwoFactorEnrollment> {
    return this.secondFactors.enroll(viewer)
  }

  @Can('second-factor.manage')
  @Mutation(() => [String], {
    description:
      'Makes the enrolled factor count from the next sign-in on. Ten recovery codes, each good once in place of a code of the app; they are never shown again. BAD_USER_INPUT for a wrong code, CONFLICT when nothing waits to be confirmed, RATE_LIMITED after 20 wrong codes in an hour.',
  })
  confirmTwoFactor(
    @Arg('code', () => String, { description: 'The six digits that the app shows. Spaces do not count.' }) code: string,
    @Ctx() context: Context,
  ): Promise<string[]> {
    return this.secondFactors.confirm(context.viewer, code, context)
  }

  @Can('second-factor.manage')
  @Mutation(() => User, {
    description:
      'Ends the second factor and its recovery codes. BAD_USER_INPUT for a wrong or used code, CONFLICT when there is none, RATE_LIMITED after 20 wrong codes in an hour.',
  })
  async disableTwoFactor(
    @Arg('code', () => String, {
      description:
        'Of the app, not used before; or a recovery code, in any case of letters, with or without its hyphen.',
    })
    code: string,
    @Ctx() context: Context,
    @Info() info: GraphQLResolveInfo,
  ): Promise<User | null> {
    await this.secondFactors.disable(context.viewer, code, context)
    return this.accounts.own(context.viewer, selectionOf(info))
  }
}
