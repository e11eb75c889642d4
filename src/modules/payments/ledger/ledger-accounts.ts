import { Prisma } from '../../../generated/prisma/client.js'
import type { Currency } from '../../../generated/prisma/enums.js'
import { newId } from '../../../kernel/ids.js'
import type { Transaction } from '../../../platform/database/transaction.js'
import type { Account } from './ledger-chart.js'

export const accountKey = ({ kind, ownerId, provider }: Account): string => `${kind} ${ownerId ?? ''} ${provider ?? ''}`

const isThis = ({ kind, ownerId, provider }: Account): Prisma.Sql => {
  const owner = ownerId ? Prisma.sql`owner_id = ${ownerId}::uuid` : Prisma.sql`owner_id is null`
  const by = provider ? Prisma.sql`provider = ${provider}::payment_provider` : Prisma.sql`provider is null`
  return Prisma.sql`(kind = ${kind}::ledger_account_kind and ${owner} and ${by})`
}

/**
 * Locks the accounts until the transaction ends and opens those that do not exist. Always in one order, so that two
 * movements over the same accounts wait for each other instead of locking each other out.
 * @returns their ids by `accountKey`
 */
export async function lockAccounts(
  tx: Transaction,
  accounts: readonly Account[],
  currency: Currency,
): Promise<ReadonlyMap<string, string>> {
  const wanted = new Map(accounts.map((account) => [accountKey(account), account]))
  const found = await lockExisting(tx, [...wanted.values()], currency)
  if (found.size === wanted.size) return found
  await open(
    tx,
    [...wanted]
      .filter(([key]) => !found.has(key))
      .sort(([left], [right]) => (left < right ? -1 : 1))
      .map(([, account]) => account),
    currency,
  )
  return lockExisting(tx, [...wanted.values()], currency)
}

async function lockExisting(
  tx: Transaction,
  accounts: readonly Account[],
  currency: Currency,
): Promise<Map<string, string>> {
  const rows = await tx.prisma.$queryRaw<(Account & { id: string })[]>`
    select id::text, kind, owner_id::text as "ownerId", provider from ledger_accounts
    where currency = ${currency}::currency and (${Prisma.join(accounts.map(isThis), ' or ')})
    order by id for no key update`
  return new Map(rows.map((row) => [accountKey(row), row.id]))
}

async function open(tx: Transaction, accounts: readonly Account[], currency: Currency): Promise<void> {
  const rows = accounts.map(
    ({ kind, ownerId, provider }) =>
      Prisma.sql`(${newId()}::uuid, ${kind}::ledger_account_kind, ${ownerId ?? null}::uuid, ${provider ?? null}::payment_provider, ${currency}::currency)`,
  )
  await tx.prisma.$executeRaw`
    insert into ledger_accounts (id, kind, owner_id, provider, currency) values ${Prisma.join(rows)} on conflict do nothing`
}
