import { newId } from '../../kernel/ids.js'
import type { Transaction } from '../../platform/database/transaction.js'
import { accountKey, lockAccounts } from './ledger-accounts.js'
import type { Movement } from './ledger-chart.js'
import { nextLineId } from './ledger-line-id.js'

interface Head {
  id: string | null
  balance: bigint
}

/**
 * Books a movement. Its accounts stay locked until the transaction commits, so let it be the last thing a transaction does.
 * The database refuses, at commit, lines that do not sum to zero, and at once a customer's balance below zero.
 * @returns the ledger transaction's id
 */
export async function post(tx: Transaction, movement: Movement, occurredAt: Date): Promise<string> {
  const { kind, currency, paymentId, orderId, lines } = movement
  const accounts = await lockAccounts(
    tx,
    lines.map(({ account }) => account),
    currency,
  )
  const heads = await readHeads(tx, [...accounts.values()])
  const { id } = await tx.prisma.ledgerTransaction.create({
    data: { id: newId(), kind, currency, paymentId, orderId, occurredAt },
    select: { id: true },
  })
  const data = lines.map(({ account, amount }) => {
    const accountId = accounts.get(accountKey(account))
    if (!accountId) throw new Error(`the account ${accountKey(account)} was neither found nor opened`)
    const head = heads.get(accountId) ?? { id: null, balance: 0n }
    const next: Head = { id: nextLineId(head.id), balance: head.balance + amount }
    heads.set(accountId, next)
    return { id: next.id as string, transactionId: id, accountId, amount, balanceAfter: next.balance }
  })
  await tx.prisma.ledgerLine.createMany({ data })
  return id
}

/** The last line of each account that has one. Read by a statement of its own, after the locks: it sees what they waited for. */
async function readHeads(tx: Transaction, accountIds: readonly string[]): Promise<Map<string, Head>> {
  const rows = await tx.prisma.$queryRaw<{ account_id: string; id: string; balance_after: bigint }[]>`
    select account.id as account_id, line.id, line.balance_after
    from unnest(${accountIds}::uuid[]) as account (id)
    cross join lateral (
      select id, balance_after from ledger_lines where account_id = account.id order by id desc limit 1) line`
  return new Map(rows.map((row) => [row.account_id, { id: row.id, balance: row.balance_after }]))
}

/** Whether the payment bought something when it came in, as the ledger remembers it. */
export async function wasWanted(tx: Transaction, paymentId: string): Promise<boolean> {
  const owed = await tx.prisma.ledgerLine.findFirst({
    where: { transaction: { paymentId }, account: { kind: 'CUSTOMER_RECEIVABLE' }, amount: { gt: 0n } },
    select: { id: true },
  })
  return owed === null
}
