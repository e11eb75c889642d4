import type { GraphQLResolveInfo } from 'graphql'
import { Arg, Ctx, Info, Mutation, Resolver } from 'type-graphql'
import type { Context } from '../../../platform/graphql/context.js'
import { Open } from '../../../platform/graphql/marks.js'
import type { AnswerSignIn } from '../sign-in/auth-answer.js'
import { AuthPayload } from '../sign-in/auth-payload.type.js'
import type { SecondFactorLoginService } from './second-factor-login.service.js'

@Resolver()
export class SecondFactorLoginResolver {
  constructor(
    private readonly logins: SecondFactorLoginService,
    private readonly answer: AnswerSignIn,
  ) {}

  @Open()
  @Mutation(() => AuthPayload, {
    description:
      'Gives a sign-in its second factor and starts the session. UNAUTHENTICATED alike for a wrong or used code and for a challenge that is unknown, completed, older than 5 minutes or was tried 5 times; FORBIDDEN for a blocked account; RATE_LIMITED after 20 wrong codes in an hour, by address and by account.',
  })
  async completeTwoFactorLogin(
    @Arg('challenge', () => String, {
      description: 'From the answer to the sign-in; good for 5 tries and one session.',
    })
    challenge: string,
    @Arg('code', () => String, {
      description:
        'The six digits that the app shows, or a recovery code in any case of letters, with or without its hyphen. Spaces do not count; each code works once.',
    })
    code: string,
    @Ctx() context: Context,
    @Info() info: GraphQLResolveInfo,
  ): Promise<AuthPayload> {
    return this.answer(await this.logins.complete(challenge, code, context), context, info)
  }
}
