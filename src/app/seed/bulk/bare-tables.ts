import type pg from 'pg'

/** Filled in bulk; everything else is left alone. */
export const BULK_TABLES = [
  'factories',
  'users',
  'credentials',
  'assets',
  'marketplace_items',
  'item_previews',
  'orders',
  'order_lines',
  'order_events',
  'payments',
  'refunds',
  'sandbox_payments',
  'sandbox_refunds',
  'ledger_accounts',
  'ledger_transactions',
  'ledger_lines',
  'sale_shares',
  'reviews',
  'chat_messages',
  'chat_reads',
  'event_streams',
] as const

/** A statement that puts back what was taken off, and what it puts back. */
export interface Restoration {
  readonly sql: string
  readonly what: string
}

const tables = (name: string) => `${name} = any ($1::regclass[])`

/**
 * Takes foreign keys, indexes that guard nothing, and row triggers off the tables: checking and indexing all rows together at the end
 * takes a fraction of the time. To be called in the transaction that also runs what it returns.
 * @returns what puts everything back exactly as it was, checking every row; to be run in this order
 */
export async function stripTables(client: pg.Client): Promise<Restoration[]> {
  const { rows } = await client.query<{ drop: string; sql: string; what: string }>(
    `select format('alter table %s drop constraint %I', conrelid::regclass, conname) as drop,
       format('alter table %s add constraint %I %s', conrelid::regclass, conname, pg_get_constraintdef(oid)) as sql,
       conname::text as what, 2 as step
     from pg_constraint where contype = 'f' and ${tables('conrelid')}
     union all
     select format('drop index %s', i.indexrelid::regclass), pg_get_indexdef(i.indexrelid), i.indexrelid::regclass::text, 1
     from pg_index i
     where not i.indisunique and ${tables('i.indrelid')}
     union all
     select format('alter table %s disable trigger %I', t.tgrelid::regclass, t.tgname),
       format('alter table %s enable trigger %I', t.tgrelid::regclass, t.tgname), t.tgname::text, 3
     from pg_trigger t
     where not t.tgisinternal and t.tgenabled = 'O' and ${tables('t.tgrelid')}
     order by step, what`,
    [[...BULK_TABLES]],
  )
  for (const { drop } of rows) await client.query(drop)
  return rows.map(({ sql, what }) => ({ sql, what }))
}
