import type { Currency } from '../../../generated/prisma/enums.js'
import { newId } from '../../../kernel/ids.js'
import type { Transaction } from '../../../platform/database/transaction.js'
import { insufficientFunds } from '../balance/insufficient-funds.js'
import { accountKey, lockAccounts } from './ledger-accounts.js'
import type { Account, Movement } from './ledger-chart.js'
import { nextLineId } from './ledger-line-id.js'

interface Head {
  readonly accountId: string
  readonly lineId: string | null
  readonly balance: bigint
}

/** Accounts of one currency that a transaction has locked, and where each of them stands. */
export class LedgerBooks {
  private constructor(
    private readonly tx: Transaction,
    private readonly currency: Currency,
    /** By `accountKey`. */
    private readonly heads: Map<string, Head>,
  ) {}

  /** Locks all of them at once until the transaction ends: a second call in one transaction would lock in an order of its own. */
  static async lock(tx: Transaction, accounts: readonly Account[], currency: Currency): Promise<LedgerBooks> {
    const ids = await lockAccounts(tx, accounts, currency)
    const last = await lastLines(tx, [...ids.values()])
    const heads = [...ids].map(([key, accountId]) => [key, last.get(accountId) ?? unused(accountId)] as const)
    return new LedgerBooks(tx, currency, new Map(heads))
  }

  balanceOf(account: Account): bigint {
    return this.headOf(account).balance
  }

  /** Books movements over these accounts, one after the other. @throws INSUFFICIENT_FUNDS when a customer's balance would fall below zero */
  async write(movements: readonly Movement[], occurredAt: Date): Promise<void> {
    const transactions = movements.map((movement) => ({ id: newId(), ...movement }))
    const lines = transactions.flatMap(({ id, currency, lines }) => {
      if (currency !== this.currency) throw new Error(`a movement of ${currency} among accounts of ${this.currency}`)
      return lines.map(({ account, amount }) => ({ ...this.add(account, amount), transactionId: id, amount }))
    })
    await this.tx.prisma.ledgerTransaction.createMany({
      data: transactions.map(({ lines: _, ...transaction }) => ({ ...transaction, occurredAt })),
    })
    await this.tx.prisma.ledgerLine.createMany({ data: lines })
  }

  private add(account: Account, amount: bigint) {
    const { accountId, lineId, balance } = this.headOf(account)
    const id = nextLineId(lineId)
    const balanceAfter = balance + amount
    if (account.kind === 'CUSTOMER_BALANCE' && balanceAfter < 0n) throw insufficientFunds()
    this.heads.set(accountKey(account), { accountId, lineId: id, balance: balanceAfter })
    return { id, accountId, balanceAfter }
  }

  private headOf(account: Account): Head {
    const head = this.heads.get(accountKey(account))
    if (!head) throw new Error(`the account ${accountKey(account)} is not locked`)
    return head
  }
}

const unused = (accountId: string): Head => ({ accountId, lineId: null, balance: 0n })

/** The last line of each account that has one. Read by a statement of its own, after the locks: it sees what they waited for. */
async function lastLines(tx: Transaction, accountIds: readonly string[]): Promise<ReadonlyMap<string, Head>> {
  const rows = await tx.prisma.$queryRaw<Head[]>`
    select account.id::text as "accountId", line.id::text as "lineId", line.balance_after as balance
    from unnest(${accountIds}::uuid[]) as account (id)
    cross join lateral (
      select id, balance_after from ledger_lines where account_id = account.id order by id desc limit 1) line`
  return new Map(rows.map((head) => [head.accountId, head]))
}
