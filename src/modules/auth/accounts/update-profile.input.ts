import { Field, InputType } from 'type-graphql'
import { EmailAddress, UUID } from '../../../platform/graphql/scalars.js'
import { Text } from '../../../platform/graphql/text-rule.js'
import { Locale } from '../../users/index.js'

@InputType({ description: 'What to change of an account. What is absent stays as it is.' })
export class UpdateProfileInput {
  @Field(() => String, {
    nullable: true,
    description:
      'How others see the person, 1 to 100 characters. It can be changed, not removed: null is BAD_USER_INPUT.',
  })
  @Text({ max: 100 })
  displayName?: string | null

  @Field(() => EmailAddress, {
    nullable: true,
    description:
      'Takes effect when verifyEmail gets the token that is sent to it; until then the present address stays, and it is told. The present address gives a change up that waits. Null is BAD_USER_INPUT, and so is any address for a guest: upgradeGuest gives them one. CONFLICT when another account has it; PROVIDER_UNAVAILABLE where no letters can be sent; RATE_LIMITED after 5 letters in an hour.',
  })
  email?: string | null

  @Field(() => String, {
    nullable: true,
    description: '1 to 64 characters; null removes it. CONFLICT when another account has it.',
  })
  @Text({ max: 64 })
  telegramId?: string | null

  @Field(() => UUID, {
    nullable: true,
    description:
      'A file of your own that was uploaded as AVATAR or drawn for you, which everybody may see from then on; null removes it. BAD_USER_INPUT for any other.',
  })
  avatarId?: string | null

  @Field(() => Locale, {
    nullable: true,
    description:
      'The language of what is sent to the person from now on. It can be changed, not removed: null is BAD_USER_INPUT.',
  })
  locale?: Locale | null
}
