import type { GraphQLResolveInfo } from 'graphql'
import { Arg, Ctx, Info, Mutation, Query, Resolver } from 'type-graphql'
import { below } from '../../platform/database/selection.js'
import type { Context } from '../../platform/graphql/context.js'
import { Can, Open } from '../../platform/graphql/marks.js'
import { selectionOf } from '../../platform/graphql/selection-of.js'
import { User } from '../users/index.js'
import type { AccountQuery } from './accounts/account.query.js'
import type { LogoutService } from './sessions/logout.service.js'
import type { SessionRefreshService } from './sessions/session-refresh.service.js'
import { AuthPayload } from './sign-in/auth-payload.type.js'
import { LoginInput } from './sign-in/login.input.js'
import type { LoginService } from './sign-in/login.service.js'
import { RegisterInput } from './sign-in/register.input.js'
import type { RegistrationService } from './sign-in/registration.service.js'
import type { SignedIn } from './tokens/token-pairs.js'

export interface AuthServices {
  readonly registration: RegistrationService
  readonly login: LoginService
  readonly refresh: SessionRefreshService
  readonly logout: LogoutService
  readonly accounts: AccountQuery
}

@Resolver()
export class AuthResolver {
  constructor(private readonly services: AuthServices) {}

  @Can('account.read')
  @Query(() => User, { nullable: true, description: 'Your own account. UNAUTHENTICATED without a valid access token.' })
  me(@Ctx() { viewer }: Context, @Info() info: GraphQLResolveInfo): Promise<User | null> {
    return this.services.accounts.own(viewer, selectionOf(info))
  }

  @Open()
  @Mutation(() => AuthPayload, {
    description: 'Makes an account and signs it in. CONFLICT, with `fields`, for what another account has.',
  })
  async register(
    @Arg('input', () => RegisterInput, { description: 'Who registers.' }) input: RegisterInput,
    @Ctx() context: Context,
    @Info() info: GraphQLResolveInfo,
  ): Promise<AuthPayload> {
    return this.answer(await this.services.registration.register(input, context), context, info)
  }

  @Open()
  @Mutation(() => AuthPayload, {
    description:
      'Starts a session. UNAUTHENTICATED alike for an unknown address and a wrong password; FORBIDDEN for a blocked account.',
  })
  async login(
    @Arg('input', () => LoginInput, { description: 'Who signs in.' }) input: LoginInput,
    @Ctx() context: Context,
    @Info() info: GraphQLResolveInfo,
  ): Promise<AuthPayload> {
    return this.answer(await this.services.login.login(input, context), context, info)
  }

  @Open()
  @Mutation(() => AuthPayload, {
    description:
      'Trades a refresh token for a new pair of the same session. UNAUTHENTICATED for any other token; one that was used before also ends its session.',
  })
  async refreshToken(
    @Arg('refreshToken', () => String, { description: 'The last one that the session got.' }) refreshToken: string,
    @Ctx() context: Context,
    @Info() info: GraphQLResolveInfo,
  ): Promise<AuthPayload> {
    return this.answer(await this.services.refresh.refresh(refreshToken, context), context, info)
  }

  @Can('session.end')
  @Mutation(() => Boolean, {
    description: 'Ends the session of the access token that the call came with; its tokens are dead at once. True.',
  })
  async logout(@Ctx() { viewer }: Context): Promise<boolean> {
    await this.services.logout.logout(viewer)
    return true
  }

  private async answer({ viewer, token }: SignedIn, context: Context, info: GraphQLResolveInfo): Promise<AuthPayload> {
    // Whoever just signed in may read the private fields of the account in the same answer.
    Object.assign(context, { viewer })
    const user = await this.services.accounts.own(viewer, below(selectionOf(info), 'user'))
    return { user, token, requires2fa: false, challenge: null }
  }
}
