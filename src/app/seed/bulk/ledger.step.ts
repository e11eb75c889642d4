import { type Account, accountKey, type BookedPayment, moneyBack, moneyIn } from '../../../modules/payments/index.js'
import { demoId } from '../demo/demo-calendar.js'
import type { BulkContext, BulkStep } from './bulk-step.js'

/** Payments of the sandbox for orders; the chart says where a kopeck of them goes. */
const KOPECK: BookedPayment = {
  id: '00000000-0000-7000-8000-000000000000',
  userId: '00000000-0000-7000-8000-000000000000',
  provider: 'SANDBOX',
  purpose: 'ORDER',
  referenceId: null,
  amount: 1n,
  currency: 'RUB',
}

/** What moved, as rows (id, payment, kind, amount, at). */
const MOVEMENTS = `
  create temp table bulk_movement on commit drop as
  select pg_temp.id(at, kind, o.n) as id, pg_temp.id(o.paid_at, 'payment', o.n * 2 + 1) as payment_id, o.id as order_id, kind, at, placed.total_amount as amount,
    row_number() over (order by at, o.n, kind) as place
  from bulk_order o
  join orders placed on placed.id = o.id
  cross join lateral (values ($1, o.paid_at), ($2, case when o.status = 'CANCELLED' then pg_temp.after(o.ended_at, least(90, o.span * 0.04)) end)) moved (kind, at)
  where o.paid_at is not null and at is not null`

/**
 * An account's lines add up in the order of their ids, so these come after all that are there, whenever their payments were: all of them have
 * one moment, and after it a counter.
 */
const LINES = `
  insert into ledger_lines (id, transaction_id, account_id, amount, balance_after)
  select pg_temp.line_id($1, m.place * 4 + share.place), m.id, share.account_id, m.amount * share.sign,
    share.balance + sum(m.amount * share.sign) over (partition by share.account_id order by m.place, share.place)
  from bulk_movement m
  join jsonb_to_recordset($2::jsonb) share (kind text, place int, sign int, account_id uuid, balance bigint) on share.kind = m.kind`

const CHECKS = [
  'select from ledger_lines group by transaction_id having sum(amount) <> 0 limit 1',
  `select from ledger_lines l join ledger_accounts a on a.id = l.account_id where a.kind = 'CUSTOMER_BALANCE' and l.balance_after < 0 limit 1`,
]

/** Books every payment and refund. */
export const ledgerStep: BulkStep = {
  name: 'ledger',
  weight: 9,
  async run(context, advance) {
    const { client, now } = context
    const movements = [moneyIn(KOPECK, true), moneyBack(KOPECK, 1n, true)]
    const shares = []
    for (const { kind, lines } of movements)
      for (const [place, { account, amount }] of lines.entries())
        shares.push({ kind, place, sign: Number(amount), ...(await openAccount(context, account)) })
    const [last] = (await client.query<{ id: string }>('select id::text from ledger_lines order by id desc limit 1'))
      .rows
    const msecs = Math.max(now.getTime(), last ? millisecondsOf(last.id) + 1 : 0)
    await client.query(
      MOVEMENTS,
      movements.map(({ kind }) => kind),
    )
    advance(0.3, 0)
    const booked = await client.query(`
      insert into ledger_transactions (id, kind, currency, payment_id, order_id, occurred_at)
      select id, kind::ledger_entry_kind, 'RUB', payment_id, order_id, at from bulk_movement order by place`)
    advance(0.2, booked.rowCount ?? 0)
    const lines = await client.query(LINES, [msecs, JSON.stringify(shares)])
    advance(0.4, lines.rowCount ?? 0)
    // The triggers that watch every line are off.
    for (const check of CHECKS)
      if ((await client.query(check)).rowCount !== 0) throw new Error('the ledger does not add up')
    advance(0.1, 0)
  },
}

async function openAccount({ client, now }: BulkContext, account: Account) {
  const { kind, ownerId, provider } = account
  await client.query(
    `insert into ledger_accounts (id, kind, owner_id, provider, currency) values ($1, $2, $3, $4, 'RUB') on conflict do nothing`,
    [demoId(now, `account ${accountKey(account)}`), kind, ownerId, provider],
  )
  const { rows } = await client.query<{ account_id: string; balance: string }>(
    `select a.id::text as account_id, coalesce((select balance_after from ledger_lines l where l.account_id = a.id order by l.id desc limit 1), 0)::text as balance
     from ledger_accounts a
     where a.kind = $1 and a.owner_id is not distinct from $2::uuid and a.provider is not distinct from $3::payment_provider and a.currency = 'RUB'`,
    [kind, ownerId, provider],
  )
  const [found] = rows
  if (!found) throw new Error(`the ledger account ${kind} was not opened`)
  return found
}

const millisecondsOf = (id: string): number => Number.parseInt(id.replace('-', '').slice(0, 12), 16)
