import type { GraphQLResolveInfo } from 'graphql'
import { Arg, Ctx, Info, Mutation, Resolver } from 'type-graphql'
import type { Context } from '../../../platform/graphql/context.js'
import { Open } from '../../../platform/graphql/marks.js'
import { PhoneNumber } from '../../../platform/graphql/scalars.js'
import type { AnswerSignIn } from '../sign-in/auth-answer.js'
import { AuthPayload } from '../sign-in/auth-payload.type.js'
import type { PhoneLoginService } from './phone-login.service.js'

@Resolver()
export class PhoneLoginResolver {
  constructor(
    private readonly logins: PhoneLoginService,
    private readonly answer: AnswerSignIn,
  ) {}

  @Open()
  @Mutation(() => Boolean, {
    description:
      'Has a code of 6 digits sent to the phone; it takes the place of the one before. True, whether or not an account has the phone. RATE_LIMITED after 3 in an hour, by address and by phone; PROVIDER_UNAVAILABLE where nothing can be sent.',
  })
  async startPhoneLogin(
    @Arg('phone', () => PhoneNumber, { description: 'Where to send it.' }) phone: string,
    @Ctx() context: Context,
  ): Promise<boolean> {
    await this.logins.start(phone, context)
    return true
  }

  @Open()
  @Mutation(() => AuthPayload, {
    description:
      'Starts a session with the code that was sent, or asks for the second factor; the first time it makes an account with the role USER. UNAUTHENTICATED alike for a code that is wrong, was used or replaced, is older than 5 minutes, or was tried 5 times; FORBIDDEN for a blocked account; RATE_LIMITED after 10 tries in a minute, by address and by phone.',
  })
  async completePhoneLogin(
    @Arg('phone', () => PhoneNumber, { description: 'The one that the code was sent to.' }) phone: string,
    @Arg('code', () => String, { description: 'The 6 digits. Spaces do not count.' }) code: string,
    @Ctx() context: Context,
    @Info() info: GraphQLResolveInfo,
  ): Promise<AuthPayload> {
    return this.answer(await this.logins.complete(phone, code, context), context, info)
  }
}
