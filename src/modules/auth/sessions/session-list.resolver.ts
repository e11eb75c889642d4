import { Arg, Ctx, Int, Mutation, Query, Resolver } from 'type-graphql'
import type { Context } from '../../../platform/graphql/context.js'
import { Can } from '../../../platform/graphql/marks.js'
import { UUID } from '../../../platform/graphql/scalars.js'
import { dropRefreshToken } from './refresh-cookie.js'
import { Session } from './session.type.js'
import type { SessionListQuery } from './session-list.query.js'
import type { SessionRevocationService } from './session-revocation.service.js'

@Resolver()
export class SessionListResolver {
  constructor(
    private readonly list: SessionListQuery,
    private readonly revocations: SessionRevocationService,
  ) {}

  @Can('session.manage')
  @Query(() => [Session], {
    description: 'Where you are signed in, the session used last first; the latest 100, without those that have ended.',
  })
  sessions(@Ctx() { viewer }: Context): Promise<Session[]> {
    return this.list.own(viewer)
  }

  @Can('session.manage')
  @Mutation(() => Boolean, {
    description:
      'Ends one of your sessions: its tokens are dead within 2 seconds everywhere, and its sockets closed with 4403. The current one ends as by `logout`. NOT_FOUND for any that is not yours or has ended. True.',
  })
  async revokeSession(
    @Arg('id', () => UUID, { description: 'Of one of `sessions`.' }) id: string,
    @Ctx() context: Context,
  ): Promise<boolean> {
    const wasCurrent = await this.revocations.revoke(context.viewer, id)
    if (wasCurrent) dropRefreshToken(context)
    return true
  }

  @Can('session.manage')
  @Mutation(() => Int, {
    description: 'Ends all your sessions but the current one, as `revokeSession` does. How many there were.',
  })
  revokeOtherSessions(@Ctx() { viewer }: Context): Promise<number> {
    return this.revocations.revokeOthers(viewer)
  }
}
