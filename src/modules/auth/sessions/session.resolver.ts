import type { GraphQLResolveInfo } from 'graphql'
import { Arg, Ctx, Info, Mutation, Resolver } from 'type-graphql'
import type { Context } from '../../../platform/graphql/context.js'
import { Can, Open } from '../../../platform/graphql/marks.js'
import type { AnswerSignIn } from '../sign-in/auth-answer.js'
import { AuthPayload } from '../sign-in/auth-payload.type.js'
import type { LogoutService } from './logout.service.js'
import { dropRefreshToken, dropWhenRefused, presentedRefreshToken } from './refresh-cookie.js'
import type { SessionRefreshService } from './session-refresh.service.js'

@Resolver()
export class SessionResolver {
  constructor(
    private readonly refreshes: SessionRefreshService,
    private readonly logouts: LogoutService,
    private readonly answer: AnswerSignIn,
  ) {}

  @Open()
  @Mutation(() => AuthPayload, {
    description:
      'Trades a refresh token for a new pair of the same session. UNAUTHENTICATED for any other token; one that was used before also ends its session. Only the client that used it (same address, same user agent) gets the same pair again: for 10 seconds, and while the refresh token of that pair is unused. With `X-Auth-Mode: cookie` the token is taken from the cookie, which is cleared when it is refused.',
  })
  async refreshToken(
    @Arg('refreshToken', () => String, {
      description:
        'The last one that the session got. With `X-Auth-Mode: cookie` the cookie alone counts, whatever stands here: send "".',
    })
    refreshToken: string,
    @Ctx() context: Context,
    @Info() info: GraphQLResolveInfo,
  ): Promise<AuthPayload> {
    const presented = presentedRefreshToken(context, refreshToken)
    const refreshed = await dropWhenRefused(context, this.refreshes.refresh(presented, context))
    return this.answer(refreshed, context, info)
  }

  @Can('session.manage')
  @Mutation(() => Boolean, {
    description:
      'Ends the session of the access token that the call came with; its tokens are dead at once, its sockets close with 4403. Also clears the cookie of cookie mode. True.',
  })
  async logout(@Ctx() context: Context): Promise<boolean> {
    await this.logouts.logout(context.viewer)
    dropRefreshToken(context)
    return true
  }
}
