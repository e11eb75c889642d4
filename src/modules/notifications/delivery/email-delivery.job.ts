import type { Locale } from '../../../generated/prisma/enums.js'
import type { JobHandler } from '../../../platform/jobs/job-handler.js'
import { writeLetter } from '../../../platform/mail/letter.js'
import { notificationDeliveriesTotal } from '../../../platform/observability/metrics.js'
import type { Platform } from '../../../platform/platform.js'
import { undelivered } from './undelivered.js'

const FOOTER: Readonly<Record<Locale, string>> = {
  RU: 'Это уведомление вашего аккаунта AdTime. О чём писать на почту, можно выбрать в настройках уведомлений.',
  EN: 'This is a notification of your AdTime account. The notification settings say what is written to this address.',
}

/** Sends a notification as a letter. A crash between the two last lines sends it again, under the same Message-ID. */
export function emailDelivery({
  database,
  clock,
  mailer,
}: Pick<Platform, 'database' | 'clock' | 'mailer'>): JobHandler {
  return async ({ notificationId }: { notificationId: string }, { isLastAttempt }) => {
    const due = mailer && (await undelivered(database, 'email', notificationId, clock.now()))
    if (!due) return
    const { id, to, locale, title, body } = due
    try {
      await mailer.send({
        to,
        id,
        ...writeLetter(locale, { subject: title, paragraphs: [body], footer: FOOTER[locale] }),
      })
    } catch (error) {
      notificationDeliveriesTotal.inc({ channel: 'email', outcome: isLastAttempt ? 'failed' : 'retried' })
      throw error
    }
    notificationDeliveriesTotal.inc({ channel: 'email', outcome: 'sent' })
    await database.prisma.notification.updateMany({ where: { id }, data: { emailedAt: clock.now() } })
  }
}
