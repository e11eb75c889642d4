import { Field, ObjectType } from 'type-graphql'
import { DateTime, UUID } from '../../platform/graphql/scalars.js'
import { Locale } from './locale.type.js'
import { Role } from './role.type.js'

@ObjectType({
  description:
    'An account. Contact details are null, and other private fields FORBIDDEN, unless it is your own or you are MANAGER or ADMIN.',
  simpleResolvers: true,
})
export class User {
  @Field(() => UUID, { description: 'The same id as the PublicProfile of this account.' })
  id!: string

  @Field(() => String, {
    description: 'How others see this person, 1 to 100 characters. A deleted account has a name that says so.',
  })
  displayName!: string

  @Field(() => Role, { description: 'The role now; a change takes effect within seconds.' })
  role!: Role

  @Field(() => Boolean, {
    description: 'Whether the account has no proof of identity but its tokens. Guests cannot pay.',
  })
  isGuest!: boolean

  @Field(() => DateTime, { description: 'When the account was made.' })
  createdAt!: string

  @Field(() => Locale, {
    description: 'The language of letters, messages and notifications to this person; updateProfile changes it.',
  })
  locale!: Locale

  // Read by the shape, shown by field resolvers only to those they are private to.
  email?: string | null
  emailVerified?: boolean
  phone?: string | null
  telegramId?: string | null
  /** Whoever this answer goes to has proven to read the letters to its address. Never in a row of the database. */
  addressIsProven?: boolean
}
