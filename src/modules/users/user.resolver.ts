import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql'
import type { Context } from '../../platform/graphql/context.js'
import { EmailAddress, PhoneNumber } from '../../platform/graphql/scalars.js'
import { isPrivateTo, requirePrivateTo } from './user.policy.js'
import { User } from './user.type.js'

@Resolver(() => User)
export class UserResolver {
  @FieldResolver(() => EmailAddress, {
    nullable: true,
    description:
      'In lower case. Null for guests and phone-only accounts, and when it is not yours to see; verifyEmail shows it to whoever has the token.',
  })
  email(@Root() user: User, @Ctx() { viewer }: Context): string | null {
    return user.addressIsProven || isPrivateTo(viewer, user.id) ? (user.email ?? null) : null
  }

  @FieldResolver(() => Boolean, {
    description: 'Whether the owner of the address confirmed it. FORBIDDEN to others.',
  })
  emailVerified(@Root() user: User, @Ctx() { viewer }: Context): boolean {
    if (!user.addressIsProven) requirePrivateTo(viewer, user.id)
    return user.emailVerified ?? false
  }

  @FieldResolver(() => PhoneNumber, {
    nullable: true,
    description: 'Null when none was confirmed, and when it is not yours to see.',
  })
  phone(@Root() user: User, @Ctx() { viewer }: Context): string | null {
    return isPrivateTo(viewer, user.id) ? (user.phone ?? null) : null
  }

  @FieldResolver(() => String, {
    nullable: true,
    description: 'As the person gave it, not proven to be theirs. Null when absent, and when it is not yours to see.',
  })
  telegramId(@Root() user: User, @Ctx() { viewer }: Context): string | null {
    return isPrivateTo(viewer, user.id) ? (user.telegramId ?? null) : null
  }
}
