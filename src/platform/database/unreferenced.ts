import { Prisma } from '../../generated/prisma/client.js'
import type { Transaction } from './transaction.js'

interface Reference {
  readonly referrer: string
  readonly column: string
}

/**
 * A condition over the row `row` of a table whose key is `id`: nothing refers to it that would not go with it. The database knows who
 * might: every foreign key to the table that does not cascade.
 */
export async function unreferenced({ prisma }: Transaction, table: string, row: string): Promise<Prisma.Sql> {
  const references = await prisma.$queryRaw<Reference[]>`
    select c.conrelid::regclass::text as referrer, quote_ident(a.attname) as column
    from pg_constraint c join pg_attribute a on a.attrelid = c.conrelid and a.attnum = c.conkey[1]
    where c.contype = 'f' and c.confrelid = ${table}::text::regclass and c.confdeltype <> 'c'
    order by 1, 2`
  return Prisma.raw(
    [
      'true',
      ...references.map(
        ({ referrer, column }) => `not exists (select from ${referrer} r where r.${column} = ${row}.id)`,
      ),
    ].join(' and '),
  )
}
