import { Field, ObjectType } from 'type-graphql'
import { IdentityProvider } from '../../../generated/prisma/enums.js'
import { describeEnum } from '../../../platform/graphql/describe-enum.js'

describeEnum(IdentityProvider, 'IdentityProvider', 'Who else can say who somebody is.', {
  YANDEX: 'Yandex ID. Gives a name, no address of e-mail.',
  VK: 'VK ID. Gives a name, no address of e-mail.',
  GOOGLE: 'Google. Gives a name, and an address of e-mail with whether it was verified.',
  TELEGRAM: 'Telegram. Gives a name and `telegramId`.',
})

export { IdentityProvider }

@ObjectType({ description: 'A provider that people can sign in with here.', simpleResolvers: true })
export class IdentityProviderInfo {
  @Field(() => IdentityProvider, { description: 'For `startProviderLogin`.' })
  provider!: IdentityProvider

  @Field(() => String, { description: 'What to write on its button: Яндекс ID, VK ID, Google, Telegram.' })
  displayName!: string
}

/** As the providers write themselves. */
const DISPLAY_NAMES: Readonly<Record<IdentityProvider, string>> = {
  YANDEX: 'Яндекс ID',
  VK: 'VK ID',
  GOOGLE: 'Google',
  TELEGRAM: 'Telegram',
}

export const infoOf = (provider: IdentityProvider): IdentityProviderInfo => ({
  provider,
  displayName: DISPLAY_NAMES[provider],
})
