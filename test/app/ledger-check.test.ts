import pg from 'pg'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { checkLedger } from '../../src/modules/payments/index.js'
import { SEEDING_LIMIT_MS, seedDemoInto } from '../testkit/seed-demo-into.js'
import { startTestServer } from '../testkit/server.js'

const server = await startTestServer()
const { pool } = server.platform.database
const vandal = new pg.Client({ connectionString: server.databaseUrl })

beforeAll(async () => {
  await seedDemoInto(server)
  await vandal.connect()
  // Neither triggers nor foreign keys hold this connection back.
  await vandal.query('set session_replication_role = replica')
}, SEEDING_LIMIT_MS)
afterAll(() => vandal.end())

const PLANTED = '00000000-0000-7000-8000-00000000000'

/** A movement of `amount` from one account to another, in order, that no payment explains. */
const movement = (from: string, to: string, amount: string) => `
  insert into ledger_transactions (id, kind, currency, occurred_at) values ('${PLANTED}0', 'PAYOUT', 'RUB', now());
  insert into ledger_lines (id, transaction_id, account_id, amount, balance_after)
  select ('ffffffff-ffff-7000-8000-00000000000' || place)::uuid, '${PLANTED}0', a.id, sign * ${amount}, balance + sign * ${amount}
  from (values ('${from}', -1, 1), ('${to}', 1, 2)) side (kind, sign, place)
  cross join lateral (select id, (select sum(amount) from ledger_lines l where l.account_id = a.id) as balance
    from ledger_accounts a where a.kind::text = side.kind order by id limit 1) a`
const UNMOVE = `delete from ledger_lines where transaction_id = '${PLANTED}0'; delete from ledger_transactions where id = '${PLANTED}0'`

const first = (table: string, condition: string) => `(select id from ${table} where ${condition} order by id limit 1)`
const line = first('ledger_lines', `account_id = (select id from ledger_accounts where kind = 'REVENUE')`)
const declined = first('payments', `failure_reason is not null`)
const paid = first('payments', `purpose = 'ORDER' and paid_at is not null and refunded_amount = 0`)
const refund = first('refunds', `status = 'SUCCEEDED'`)
const share = first('sale_shares', 'true')
const shipped = first(
  'orders',
  `status = 'SHIPPED' and id in (select order_id from order_lines where item_id is not null)`,
)
const soldLine = first('order_lines', `item_id is not null and order_id in (select reference_id from sale_shares)`)
const unpaid = first('orders', `status = 'CREATED'`)
const richest = `(select sum(l.amount) + 1 from ledger_lines l where l.account_id = ${first('ledger_accounts', `kind = 'CUSTOMER_BALANCE'`)})`

const DIFFERENCES: readonly (readonly [rule: RegExp, plant: string, undo: string])[] = [
  [
    /sum to zero/,
    `insert into ledger_transactions (id, kind, currency, occurred_at) values ('${PLANTED}0', 'PAYOUT', 'RUB', now())`,
    `delete from ledger_transactions where id = '${PLANTED}0'`,
  ],
  [
    /balance after every line/,
    `update ledger_lines set balance_after = balance_after + 1 where id = ${line}`,
    `update ledger_lines set balance_after = balance_after - 1 where id = ${line}`,
  ],
  [/below zero/, movement('CUSTOMER_BALANCE', 'REVENUE', richest), UNMOVE],
  [
    /currency/,
    `update ledger_accounts set currency = 'USD' where kind = 'PLATFORM_FEE'`,
    `update ledger_accounts set currency = 'RUB' where kind = 'PLATFORM_FEE'`,
  ],
  [
    /came in once/,
    `update payments set status = 'SUCCEEDED' where id = ${declined}`,
    `update payments set status = 'CANCELED' where id = ${declined}`,
  ],
  [
    /status says/,
    `update payments set status = 'REFUNDED' where id = ${paid}`,
    `update payments set status = 'SUCCEEDED' where id = ${paid}`,
  ],
  [
    /its refunds and their movements/,
    `update refunds set amount = amount + 1 where id = ${refund}`,
    `update refunds set amount = amount - 1 where id = ${refund}`,
  ],
  [
    /booked as its sale says/,
    `update sale_shares set fee_amount = fee_amount - 1, earned_amount = earned_amount + 1 where id = ${share}`,
    `update sale_shares set fee_amount = fee_amount + 1, earned_amount = earned_amount - 1 where id = ${share}`,
  ],
  [
    /part of what was kept/,
    `update sale_shares set amount = amount + 1 where id = ${share}`,
    `update sale_shares set amount = amount - 1 where id = ${share}`,
  ],
  [
    /in a completed order is shared/,
    `create temp table planted as select ${shipped} as id; update orders set status = 'COMPLETED' where id = (select id from planted)`,
    `update orders set status = 'SHIPPED' where id = (select id from planted); drop table planted`,
  ],
  [
    /in a completed order is shared/,
    `update order_lines set total_amount = total_amount + 1 where id = ${soldLine}`,
    `update order_lines set total_amount = total_amount - 1 where id = ${soldLine}`,
  ],
  [
    /an order that was paid/,
    `update orders set paid_at = now() where id = ${unpaid}`,
    `update orders set paid_at = null where id = ${unpaid}`,
  ],
  [/lies with a provider/, movement('PROVIDER_CLEARING', 'REVENUE', '1'), UNMOVE],
]

it('the ledger of the demo is sound, and every check covers something', async () => {
  const checked: { rule: string; count: number }[] = []
  expect(await checkLedger(pool, (one) => checked.push(one))).toBeNull()
  for (const [rule] of DIFFERENCES)
    expect(checked).toContainEqual({ rule: expect.stringMatching(rule), count: expect.any(Number) })
  expect(checked).toHaveLength(new Set(DIFFERENCES.map(([rule]) => String(rule))).size)
  for (const { rule, count } of checked) expect([rule, count > 0]).toEqual([rule, true])
})

it.each(DIFFERENCES)('%s: a difference is found, and named with both numbers', async (rule, plant, undo) => {
  await vandal.query(plant)
  const found = await checkLedger(pool)
  expect(found?.rule).toMatch(rule)
  expect(found?.id).toMatch(/\S+ \S+/)
  expect(found?.expected).not.toBe(found?.found)
  await vandal.query(undo)
  expect(await checkLedger(pool)).toBeNull()
})
