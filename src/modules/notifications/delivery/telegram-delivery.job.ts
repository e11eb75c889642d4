import type { JobHandler } from '../../../platform/jobs/job-handler.js'
import { enqueue } from '../../../platform/jobs/job-queue.js'
import { notificationDeliveriesTotal } from '../../../platform/observability/metrics.js'
import type { Platform } from '../../../platform/platform.js'
import { TelegramBusy, TelegramRefusal } from '../../../platform/telegram/telegram-sender.js'
import { DELIVERY_TRIES, deliveryJobs } from './channels.js'
import { undelivered } from './undelivered.js'

type Outcome = 'sent' | 'retried' | 'refused' | 'failed'

const count = (outcome: Outcome) => notificationDeliveriesTotal.inc({ channel: 'telegram', outcome })

/** Sends a notification to its person's chat with our bot. A pause that Telegram asks for is no try; a final no ends it. */
export function telegramDelivery({
  database,
  clock,
  telegram,
}: Pick<Platform, 'database' | 'clock' | 'telegram'>): JobHandler {
  return async ({ notificationId }: { notificationId: string }, { log, isLastAttempt }) => {
    const due = telegram && (await undelivered(database, 'telegram', notificationId, clock.now()))
    if (!due) return
    try {
      await telegram.send({ chatId: due.to, text: `${due.title}\n\n${due.body}` })
    } catch (error) {
      if (error instanceof TelegramBusy) {
        count('retried')
        return sendAgain(database, notificationId, error.retryAfter)
      }
      count(error instanceof TelegramRefusal ? 'refused' : isLastAttempt ? 'failed' : 'retried')
      if (!(error instanceof TelegramRefusal)) throw error
      log.info({ err: error, notificationId }, 'a person cannot be told through Telegram')
      return
    }
    count('sent')
    await database.prisma.notification.updateMany({
      where: { id: due.id },
      data: { telegramSentAt: clock.now() },
    })
  }
}

const sendAgain = (database: Platform['database'], notificationId: string, seconds: number): Promise<void> =>
  enqueue(
    database,
    deliveryJobs.telegram,
    { notificationId },
    {
      key: `${deliveryJobs.telegram}:${notificationId}`,
      // The queue's clock is the database's, not ours.
      runAt: new Date(Date.now() + seconds * 1_000),
      maxAttempts: DELIVERY_TRIES,
    },
  )
