import type { NotificationType } from '../../../generated/prisma/enums.js'
import type { Platform } from '../../../platform/platform.js'
import { DEFAULT_PREFERENCES } from '../preference-keeping.service.js'
import type { Told } from '../told.js'

/** Where people are told besides the app. */
export type Channel = 'email' | 'telegram'

/** One job for each channel of each notification. */
export const deliveryJobs = {
  email: 'notifications.email',
  telegram: 'notifications.telegram',
} as const satisfies Record<Channel, string>

/** How often a message is tried: over some three hours. */
export const DELIVERY_TRIES = 10

/** Which of them a person has and wants, as far as there is anything to send through. */
export function channelsOf(
  { notice, recipient }: Told,
  { mailer, telegram }: Pick<Platform, 'mailer' | 'telegram'>,
): Channel[] {
  const channels: Channel[] = []
  const { type, hasOwnLetter = false } = notice
  if (mailer && recipient.hasEmail && !hasOwnLetter && isWanted('email', type, recipient.email)) channels.push('email')
  if (telegram && recipient.hasTelegram && isWanted('telegram', type, recipient.telegram)) channels.push('telegram')
  return channels
}

/** @param chosen null where the defaults hold */
export const isWanted = (
  channel: Channel,
  type: NotificationType,
  chosen: readonly NotificationType[] | null | undefined,
): boolean => (chosen ?? DEFAULT_PREFERENCES[channel]).includes(type)
