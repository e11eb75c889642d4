import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql'
import type { Context } from '../../../platform/graphql/context.js'
import { requirePrivateTo, User } from '../../users/index.js'

type WithSecondFactor = { readonly twoFactorEnabled?: boolean }

@Resolver(() => User)
export class UserSecondFactorResolver {
  @FieldResolver(() => Boolean, {
    description: 'Whether signing in asks for a second factor. FORBIDDEN to others.',
  })
  twoFactorEnabled(@Root() user: User, @Ctx() { viewer }: Context): boolean {
    requirePrivateTo(viewer, user.id)
    return (user as WithSecondFactor).twoFactorEnabled ?? false
  }
}
