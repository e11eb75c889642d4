import { newId } from '../../kernel/ids.js'
import type { Transaction } from '../../platform/database/transaction.js'
import { enqueue } from '../../platform/jobs/job-queue.js'
import type { Platform } from '../../platform/platform.js'
import { channelsOf, DELIVERY_TRIES, deliveryJobs } from './delivery/channels.js'
import type { Notice } from './notice.js'
import { notificationStream } from './notification-stream.js'
import { recipientsOf } from './recipient.query.js'
import type { Told } from './told.js'
import { whatIsNew } from './what-is-new.js'

/**
 * Where rooms pin what people are to be told. It is stored in the transaction that pins it, as the last that it does: then the
 * locks of many people's streams are taken in one order, after all others, and held shortly.
 */
export class NoticeBoard {
  private readonly pinned = new WeakMap<Transaction, Notice[]>()

  constructor(private readonly platform: Pick<Platform, 'streams' | 'clock' | 'mailer' | 'telegram'>) {}

  /** Harmless to repeat: nobody is told of one `source` twice. */
  notify(tx: Transaction, notice: Notice): void {
    const waiting = this.pinned.get(tx)
    if (waiting) return void waiting.push(notice)
    this.pinned.set(tx, [notice])
    tx.beforeCommit(async () => {
      const notices = this.pinned.get(tx) ?? []
      this.pinned.delete(tx)
      await this.store(tx, notices)
    })
  }

  private async store(tx: Transaction, notices: readonly Notice[]): Promise<void> {
    const recipients = await recipientsOf(tx, notices)
    if (recipients.length === 0) return
    const told = await whatIsNew(
      tx,
      recipients.flatMap((recipient) => {
        const notice = notices[recipient.notice]
        return notice ? [{ id: newId(), notice, recipient }] : []
      }),
    )
    if (told.length === 0) return
    const rows = []
    for (const one of told) rows.push(rowOf(one, await this.number(tx, one), this.platform.clock.now()))
    await tx.prisma.notification.createMany({ data: rows })
    for (const one of told)
      for (const channel of channelsOf(one, this.platform))
        await enqueue(
          tx,
          deliveryJobs[channel],
          { notificationId: one.id },
          { key: `${deliveryJobs[channel]}:${one.id}`, maxAttempts: DELIVERY_TRIES },
        )
  }

  private async number(tx: Transaction, { id, recipient }: Told): Promise<bigint> {
    const stream = notificationStream(recipient.userId)
    const number = (await this.platform.streams.append(tx, [stream], id)).get(stream)
    if (number === undefined) throw new Error(`the stream ${stream} gave no number`)
    return number
  }
}

function rowOf({ id, notice, recipient: { userId, locale } }: Told, number: bigint, createdAt: Date) {
  const { event, type, source, words, payload, orderId = null } = notice
  const { title, body } = words[locale]
  return {
    ...{ id, userId, number, type, event, source, orderId, createdAt },
    title: cut(title, 100),
    body: cut(body, 1_000),
    payload: { ...(orderId && { orderId }), ...payload },
  }
}

// By characters as PostgreSQL counts them: no half of a surrogate pair is left.
function cut(text: string, longest: number): string {
  const characters = [...text]
  return characters.length <= longest ? text : `${characters.slice(0, longest - 1).join('')}…`
}
