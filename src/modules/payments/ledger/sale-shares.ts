import { Prisma, type SaleShare } from '../../../generated/prisma/client.js'
import type { Currency, PaymentPurpose } from '../../../generated/prisma/enums.js'
import { newId } from '../../../kernel/ids.js'
import { money } from '../../../kernel/money.js'
import type { Transaction } from '../../../platform/database/transaction.js'
import type { Platform } from '../../../platform/platform.js'
import type { SaleRequest } from '../payments.js'
import type { SettlementHandlers } from '../settlement-handler.js'
import { balanceOf, earningMovement, payableTo } from './earning-movement.js'
import { LedgerBooks } from './ledger-books.js'
import { type Account, accountsOf, type Movement } from './ledger-chart.js'
import { type PaidSale, type Share, shareOf } from './sale-share.js'

interface Sale {
  readonly purpose: PaymentPurpose
  readonly referenceId: string | null
  readonly currency: Currency
}

type Due = SaleShare & { readonly isGone: boolean; readonly target: Share }

/** Shares completed sales among their sellers and the platform. Its callers have locked what was sold. */
export class SaleShares {
  constructor(
    private readonly platform: Pick<Platform, 'clock' | 'config'>,
    private readonly handlers: Pick<SettlementHandlers, 'tell'>,
  ) {}

  /** See Payments.shareSale. */
  async share(tx: Transaction, { purpose, referenceId, sales }: SaleRequest): Promise<void> {
    const createdAt = this.platform.clock.now()
    const feePercent = this.platform.config.platformFeePercent
    await tx.prisma.saleShare.createMany({
      data: sales.map(({ sellerId, amount }) => ({
        ...{ id: newId(), purpose, referenceId, sellerId, feePercent, createdAt },
        ...{ amount: amount.amount, currency: amount.currency },
      })),
      skipDuplicates: true,
    })
    const [first] = sales
    // What is paid in this very transaction is shared together with its payment: the accounts are locked once.
    if (!first || (await isBeingSettled(tx, purpose, referenceId))) return
    await this.book(tx, { purpose, referenceId, currency: first.amount.currency }, [], createdAt)
  }

  /** Books movements of a payment that was kept, and with them brings every share of the same sale to where it should be now. */
  async book(tx: Transaction, sale: Sale, movements: readonly Movement[], now: Date): Promise<void> {
    const due = await sharesDue(tx, sale)
    if (due.length === 0 && movements.length === 0) return
    const accounts = [...movements.flatMap(accountsOf), ...due.flatMap(({ sellerId }) => accountsOfSeller(sellerId))]
    const books = await LedgerBooks.lock(tx, accounts, sale.currency)
    await books.write([...movements, ...due.map((share) => movementOf(share, books))], now)
    for (const share of due) {
      const { id, target } = share
      await tx.prisma.saleShare.update({
        where: { id },
        data: { feeAmount: target.fee, earnedAmount: target.earning },
        select: { id: true },
      })
      await this.tellSeller(tx, share)
    }
  }

  private async tellSeller(tx: Transaction, share: Due): Promise<void> {
    const { sellerId: userId, purpose, referenceId, currency } = share
    const earned = share.target.earning - share.earnedAmount
    if (earned === 0n) return
    // Of one sale, a seller's share changes once in a transaction; the next change is another.
    const news = { kind: 'EARNED', id: newId(), userId, purpose, referenceId } as const
    await this.handlers.tell(tx, { ...news, amount: money(earned, currency) })
  }
}

const accountsOfSeller = (sellerId: string): Account[] => [
  { kind: 'REVENUE' },
  { kind: 'PLATFORM_FEE' },
  payableTo(sellerId),
  balanceOf(sellerId),
]

const movementOf = (share: Due, books: LedgerBooks): Movement =>
  earningMovement({
    orderId: share.purpose === 'ORDER' ? share.referenceId : null,
    currency: share.currency,
    sellerId: share.sellerId,
    change: { fee: share.target.fee - share.feeAmount, earning: share.target.earning - share.earnedAmount },
    payable: books.balanceOf(payableTo(share.sellerId)),
    balance: books.balanceOf(balanceOf(share.sellerId)),
    isGone: share.isGone,
  })

/** The shares that are booked otherwise than they should be. Whoever is deleting a seller's account is waited for. */
async function sharesDue(tx: Transaction, { purpose, referenceId }: Sale): Promise<Due[]> {
  if (referenceId === null) return []
  const shares = await tx.prisma.$queryRaw<(SaleShare & { isGone: boolean })[]>`
    select s.id::text, s.purpose::text, s.reference_id::text as "referenceId", s.seller_id::text as "sellerId", s.amount, s.currency::text,
      s.fee_percent as "feePercent", s.fee_amount as "feeAmount", s.earned_amount as "earnedAmount", u.deleted_at is not null as "isGone"
    from sale_shares s join users u on u.id = s.seller_id
    where s.purpose = ${purpose}::payment_purpose and s.reference_id = ${referenceId}::uuid
    order by s.seller_id for key share of u`
  if (shares.length === 0) return []
  const paid = await paidFor(tx, purpose, referenceId)
  return shares
    .map((share) => ({ ...share, target: shareOf(share, paid) }))
    .filter(({ target, feeAmount, earnedAmount }) => target.fee !== feeAmount || target.earning !== earnedAmount)
}

/** Money that bought nothing came in as owed, and does not count. */
async function paidFor(tx: Transaction, purpose: PaymentPurpose, referenceId: string): Promise<PaidSale> {
  const [sums] = await tx.prisma.$queryRaw<PaidSale[]>`
    select coalesce(sum(p.amount), 0)::bigint as paid, coalesce(sum(p.refunded_amount), 0)::bigint as refunded
    from payments p where ${isPaidFor(purpose, referenceId)} and not exists (
      select from ledger_transactions x join ledger_lines l on l.transaction_id = x.id join ledger_accounts a on a.id = l.account_id
      where x.payment_id = p.id and a.kind = 'CUSTOMER_RECEIVABLE' and l.amount > 0)`
  return sums ?? { paid: 0n, refunded: 0n }
}

/** Whether this transaction has taken a payment for it that is not booked yet. */
async function isBeingSettled(tx: Transaction, purpose: PaymentPurpose, referenceId: string): Promise<boolean> {
  const found = await tx.prisma.$queryRaw<unknown[]>`
    select p.id::text from payments p
    where ${isPaidFor(purpose, referenceId)} and not exists (select from ledger_transactions x where x.payment_id = p.id) limit 1`
  return found.length > 0
}

const isPaidFor = (purpose: PaymentPurpose, referenceId: string): Prisma.Sql => Prisma.sql`
  p.purpose = ${purpose}::payment_purpose and p.reference_id = ${referenceId}::uuid
  and p.status in ('SUCCEEDED', 'PARTIALLY_REFUNDED', 'REFUNDED')`
