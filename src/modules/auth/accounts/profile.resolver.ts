import type { GraphQLResolveInfo } from 'graphql'
import { Arg, Ctx, Info, Mutation, Resolver } from 'type-graphql'
import type { Context } from '../../../platform/graphql/context.js'
import { Can } from '../../../platform/graphql/marks.js'
import { selectionOf } from '../../../platform/graphql/selection-of.js'
import { User } from '../../users/index.js'
import type { AccountQuery } from './account.query.js'
import type { ProfileService } from './profile.service.js'
import { UpdateProfileInput } from './update-profile.input.js'

@Resolver()
export class ProfileResolver {
  constructor(
    private readonly profiles: ProfileService,
    private readonly accounts: AccountQuery,
  ) {}

  @Can('account.manage')
  @Mutation(() => User, {
    nullable: false,
    description:
      'Changes your account. BAD_USER_INPUT and CONFLICT name the fields, and then nothing changes. Another e-mail address shows once verifyEmail has proven it.',
  })
  async updateProfile(
    @Arg('input', () => UpdateProfileInput, { description: 'What changes; the rest stays.' }) input: UpdateProfileInput,
    @Ctx() context: Context,
    @Info() info: GraphQLResolveInfo,
  ): Promise<User | null> {
    await this.profiles.update(context.viewer, input, context)
    return this.accounts.own(context.viewer, selectionOf(info))
  }
}
