import type { PaymentShop } from './payment-shop.js'

interface Balance {
  readonly kind: string
  readonly amount: bigint
}

/** What lies on the accounts, by kind, for the movements of these payments. */
export async function bookedFor(
  { platform }: PaymentShop,
  paymentIds: readonly string[],
): Promise<Record<string, bigint>> {
  const rows = await platform.database.prisma.$queryRaw<Balance[]>`
    select a.kind::text as kind, sum(l.amount)::bigint as amount
    from ledger_lines l join ledger_accounts a on a.id = l.account_id join ledger_transactions x on x.id = l.transaction_id
    where x.payment_id = any(${paymentIds}::uuid[]) group by a.kind`
  return Object.fromEntries(rows.map(({ kind, amount }) => [kind, amount]))
}

/** Every line's running balance that is not the sum of its account's lines up to it. Empty in a sound ledger. */
export async function brokenLines({ platform }: PaymentShop): Promise<unknown[]> {
  return platform.database.prisma.$queryRaw<unknown[]>`
    select * from (
      select id, balance_after, sum(amount) over (partition by account_id order by id)::bigint as expected from ledger_lines) line
    where balance_after <> expected`
}
