import type { GraphQLResolveInfo } from 'graphql'
import { Arg, Ctx, Info, Mutation, Resolver } from 'type-graphql'
import type { Context } from '../../../platform/graphql/context.js'
import { Can, Open } from '../../../platform/graphql/marks.js'
import type { AnswerSignIn } from '../sign-in/auth-answer.js'
import { AuthPayload } from '../sign-in/auth-payload.type.js'
import { RegisterInput } from '../sign-in/register.input.js'
import type { GuestSessionService } from './guest-session.service.js'
import type { GuestUpgradeService } from './guest-upgrade.service.js'

@Resolver()
export class GuestResolver {
  constructor(
    private readonly guests: GuestSessionService,
    private readonly upgrades: GuestUpgradeService,
    private readonly answer: AnswerSignIn,
  ) {}

  @Open()
  @Mutation(() => AuthPayload, {
    description:
      'Makes a guest: an account whose only proof are these tokens, with 1 image to generate and no payments. It goes, with all it made, when its session is not refreshed for 30 days. RATE_LIMITED after 20 in an hour from one address.',
  })
  async startGuestSession(@Ctx() context: Context, @Info() info: GraphQLResolveInfo): Promise<AuthPayload> {
    return this.answer(await this.guests.start(context), context, info)
  }

  @Can('guest.upgrade')
  @Mutation(() => AuthPayload, {
    description:
      'Makes a member of the guest who calls: the same id, and all it made. Its sessions end; go on with the pair in the answer. What it had generated counts towards the quota of FREE. CONFLICT when the caller is no guest, or is one no longer; otherwise it is refused as `register` is.',
  })
  async upgradeGuest(
    @Arg('input', () => RegisterInput, { description: 'Who the guest turns out to be.' }) input: RegisterInput,
    @Ctx() context: Context,
    @Info() info: GraphQLResolveInfo,
  ): Promise<AuthPayload> {
    return this.answer(await this.upgrades.upgrade(context.viewer, input, context), context, info)
  }
}
