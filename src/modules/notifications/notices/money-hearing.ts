import { money } from '../../../kernel/money.js'
import type { Transaction } from '../../../platform/database/transaction.js'
import type { PaymentNews, PaymentNewsListener } from '../../payments/index.js'
import type { PlanNewsListener } from '../../plans/index.js'
import type { Notice } from '../notice.js'
import type { NoticeBoard } from '../notice-board.js'
import * as words from './money-words.js'

type About = Pick<Notice, 'event' | 'words'> & Partial<Pick<Notice, 'to'>>

/** Tells people what becomes of their money, in the transaction that moves it. What orders say of theirs is not said again. */
export function moneyHearing(board: NoticeBoard): PaymentNewsListener {
  return async (tx, news) => {
    const { kind, id, userId, purpose, referenceId } = news
    const orderId = purpose === 'ORDER' ? referenceId : null
    const about = await noticeOf(tx, news, orderId)
    if (!about) return
    const source = `payment-news:${kind}:${id}`
    board.notify(tx, {
      to: { userIds: [userId] },
      ...about,
      type: 'PAYMENT',
      source,
      orderId,
      payload: payloadOf(news),
    })
  }
}

/** Tells owners of plans what plans write to them: a letter to the address is theirs, so none is sent here. */
export function planHearing(board: NoticeBoard): PlanNewsListener {
  return async (tx, news) => {
    const { kind, subscriptionId, userId, paidUntil } = news
    board.notify(tx, {
      event: `plan.${kind}`,
      type: 'PAYMENT',
      source: `plan:${subscriptionId}:${kind}:${paidUntil.toISOString()}`,
      to: { userIds: [userId] },
      words: words.planNews(news),
      hasOwnLetter: true,
    })
  }
}

async function noticeOf(tx: Transaction, news: PaymentNews, orderId: string | null): Promise<About | null> {
  const { kind, purpose, userId, amount } = news
  switch (kind) {
    case 'PAID':
      if (purpose === 'DEPOSIT') return { event: 'deposit.booked', words: words.depositBooked(amount) }
      return purpose === 'PLAN' ? planPaid(tx, news.referenceId) : null
    case 'FAILED':
      return purpose === 'DEPOSIT' ? { event: 'deposit.failed', words: words.depositFailed(amount) } : null
    case 'REFUNDED':
      return { event: 'refund.succeeded', words: words.refunded(amount, await numberOf(tx, orderId)) }
    case 'REFUND_FAILED': {
      // Somebody has to see to it.
      const to = { userIds: [userId], managers: true }
      return { event: 'refund.failed', to, words: words.refundFailed(amount, await numberOf(tx, orderId)) }
    }
    case 'EARNED': {
      const number = await numberOf(tx, orderId)
      if (amount.amount > 0n) return { event: 'earning.booked', words: words.earned(amount, number) }
      return { event: 'earning.reduced', words: words.earningReduced(money(-amount.amount, amount.currency), number) }
    }
  }
}

async function planPaid(tx: Transaction, purchaseId: string | null): Promise<About | null> {
  if (purchaseId === null) return null
  const bought = await tx.prisma.planPurchase.findUnique({
    where: { id: purchaseId },
    select: { tier: true, subscription: { select: { paidUntil: true } } },
  })
  if (!bought?.subscription.paidUntil) return null
  return { event: 'plan.paid', words: words.planPaid(bought.tier, bought.subscription.paidUntil) }
}

async function numberOf(tx: Transaction, orderId: string | null): Promise<string | null> {
  if (orderId === null) return null
  const order = await tx.prisma.order.findUnique({ where: { id: orderId }, select: { number: true } })
  return order?.number ?? null
}

function payloadOf({ kind, id, amount }: PaymentNews): Readonly<Record<string, string | number>> {
  const money = { amount: Number(amount.amount), currency: amount.currency }
  if (kind === 'PAID' || kind === 'FAILED') return { paymentId: id, ...money }
  return kind === 'EARNED' ? money : { refundId: id, ...money }
}
