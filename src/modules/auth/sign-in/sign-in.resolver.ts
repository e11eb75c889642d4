import type { GraphQLResolveInfo } from 'graphql'
import { Arg, Ctx, Info, Mutation, Resolver } from 'type-graphql'
import type { Context } from '../../../platform/graphql/context.js'
import { Open } from '../../../platform/graphql/marks.js'
import type { AnswerSignIn } from './auth-answer.js'
import { AuthPayload } from './auth-payload.type.js'
import { LoginInput } from './login.input.js'
import type { LoginService } from './login.service.js'
import { RegisterInput } from './register.input.js'
import type { RegistrationService } from './registration.service.js'

@Resolver()
export class SignInResolver {
  constructor(
    private readonly registration: RegistrationService,
    private readonly logins: LoginService,
    private readonly answer: AnswerSignIn,
  ) {}

  @Open()
  @Mutation(() => AuthPayload, {
    description:
      'Makes an account and signs it in. CONFLICT, with `fields`, for what another account has; RATE_LIMITED after 3 in an hour from one address.',
  })
  async register(
    @Arg('input', () => RegisterInput, { description: 'Who registers.' }) input: RegisterInput,
    @Ctx() context: Context,
    @Info() info: GraphQLResolveInfo,
  ): Promise<AuthPayload> {
    return this.answer(await this.registration.register(input, context), context, info)
  }

  @Open()
  @Mutation(() => AuthPayload, {
    description:
      'Starts a session, or asks for the second factor. UNAUTHENTICATED alike for an unknown address and a wrong password; FORBIDDEN for a blocked account; RATE_LIMITED after 5 tries in a minute, by address and by account.',
  })
  async login(
    @Arg('input', () => LoginInput, { description: 'Who signs in.' }) input: LoginInput,
    @Ctx() context: Context,
    @Info() info: GraphQLResolveInfo,
  ): Promise<AuthPayload> {
    return this.answer(await this.logins.login(input, context), context, info)
  }
}
