import { Arg, Args, Ctx, Mutation, Resolver } from 'type-graphql'
import type { Context } from '../../../platform/graphql/context.js'
import { Can, Open } from '../../../platform/graphql/marks.js'
import { EmailAddress } from '../../../platform/graphql/scalars.js'
import { dropRefreshToken } from '../sessions/refresh-cookie.js'
import { ChangePasswordArgs, ResetPasswordArgs } from './password.args.js'
import type { PasswordChangeService } from './password-change.service.js'
import type { PasswordResetService } from './password-reset.service.js'

@Resolver()
export class PasswordResolver {
  constructor(
    private readonly changes: PasswordChangeService,
    private readonly resets: PasswordResetService,
  ) {}

  @Can('account.manage')
  @Mutation(() => Boolean, {
    description:
      'Changes your password and ends all your sessions at once, this one too: sign in again with the new one. True. FORBIDDEN for guests; RATE_LIMITED after 5 tries in a minute, counted together with those to sign in.',
  })
  async changePassword(
    @Args(() => ChangePasswordArgs) args: ChangePasswordArgs,
    @Ctx() context: Context,
  ): Promise<boolean> {
    await this.changes.change(context.viewer, args)
    dropRefreshToken(context)
    return true
  }

  @Open()
  @Mutation(() => Boolean, {
    description:
      'Has a letter sent with a link to set a new password. True whether or not the address has an account. PROVIDER_UNAVAILABLE where no letters can be sent; RATE_LIMITED after 5 in an hour, by address of either kind.',
  })
  async requestPasswordReset(
    @Arg('email', () => EmailAddress, { description: 'In any case of letters.' }) email: string,
    @Ctx() context: Context,
  ): Promise<boolean> {
    await this.resets.request(email, context)
    return true
  }

  @Open()
  @Mutation(() => Boolean, {
    description:
      'Sets a new password with the token of a letter, ends all sessions of the account and counts as proof of its address. True. It signs nobody in, and a second factor stays on. RATE_LIMITED after 20 wrong tokens in a minute from one address.',
  })
  async resetPassword(
    @Args(() => ResetPasswordArgs) args: ResetPasswordArgs,
    @Ctx() context: Context,
  ): Promise<boolean> {
    await this.resets.reset(args, context)
    return true
  }
}
