import type { Locale } from '../../../generated/prisma/enums.js'
import type { Database } from '../../../platform/database/database.js'
import { type Channel, isWanted } from './channels.js'

/** A notification that is still to be sent through a channel, and where to. */
export interface Undelivered {
  readonly id: string
  readonly locale: Locale
  readonly title: string
  readonly body: string
  /** A verified e-mail address, or a Telegram id that its person has proven to be theirs. */
  readonly to: string
}

/** What is older says nothing new. */
const LATEST_HOURS = 24

/**
 * Asks anew, when it is sent, whether it still is to be: not what was sent, read or archived meanwhile, what its person does not want there
 * any more, and what is a day old.
 */
export async function undelivered(
  { prisma }: Pick<Database, 'prisma'>,
  channel: Channel,
  id: string,
  now: Date,
): Promise<Undelivered | null> {
  const sent = channel === 'email' ? { emailedAt: null } : { telegramSentAt: null }
  const createdAt = { gt: new Date(now.getTime() - LATEST_HOURS * 3_600_000) }
  const notification = await prisma.notification.findUnique({
    where: { id, status: 'UNREAD', createdAt, ...sent, user: { blockedAt: null, deletedAt: null } },
    include: {
      user: {
        include: { notificationPreferences: true, identities: { where: { provider: 'TELEGRAM' } } },
      },
    },
  })
  if (!notification) return null
  const { title, body, type, user } = notification
  if (!isWanted(channel, type, user.notificationPreferences?.[channel])) return null
  const verified = user.emailVerifiedAt ? user.email : null
  const to = channel === 'email' ? verified : (user.identities[0]?.subject ?? null)
  return to === null ? null : { id, locale: user.locale, title, body, to }
}
