import { ArrayMaxSize } from 'class-validator'
import { Field, InputType, ObjectType } from 'type-graphql'
import { NotificationType } from './notification.enums.js'

const EMAIL =
  'Types that are written to the e-mail address, once it is verified. Letters about the security of an account are sent whatever this says.'
const TELEGRAM =
  'Types that our bot sends to the Telegram account that one signs in with, once one is linked and has started the bot.'

@ObjectType({ description: 'Where else a person is told, besides the app.', simpleResolvers: true })
export class NotificationPreferences {
  @Field(() => [NotificationType], { description: `${EMAIL} At first ORDER, PAYMENT and SUPPORT.` })
  email!: NotificationType[]

  @Field(() => [NotificationType], { description: `${TELEGRAM} At first none.` })
  telegram!: NotificationType[]
}

@InputType({ description: 'Where else to be told, besides the app. Both lists take the place of what was set before.' })
export class NotificationPreferencesInput {
  @Field(() => [NotificationType], { description: `${EMAIL} Up to 4; an empty list for none.` })
  @ArrayMaxSize(4, { message: 'must be at most 4' })
  email!: NotificationType[]

  @Field(() => [NotificationType], { description: `${TELEGRAM} Up to 4; an empty list for none.` })
  @ArrayMaxSize(4, { message: 'must be at most 4' })
  telegram!: NotificationType[]
}
