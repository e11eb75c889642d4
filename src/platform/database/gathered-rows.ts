import type { Pool } from 'pg'
import { Prisma } from '../../generated/prisma/client.js'
import { gathered } from './gathered.js'
import { runSql } from './read-shape.js'
import type { Selection } from './selection.js'
import type { Shape } from './shape.js'

/**
 * Rows of a shape by id, read together for all who ask at once for the same selection: the subscribers of an event cost one statement. They
 * get the same object, which nobody may change.
 */
export function gatheredRows<Row>(
  pool: Pool,
  shape: Shape,
): (id: string, selection: Selection) => Promise<Row | undefined> {
  // Documents are cached, and their selections with them.
  const bySelection = new WeakMap<Selection, (id: string) => Promise<Row | undefined>>()
  return (id, selection) => {
    const known = bySelection.get(selection) ?? gathered((ids) => readByIds<Row>(pool, shape, { selection, ids }))
    bySelection.set(selection, known)
    return known(id)
  }
}

async function readByIds<Row>(
  pool: Pool,
  shape: Shape,
  { selection, ids }: { readonly selection: Selection; readonly ids: readonly string[] },
): Promise<ReadonlyMap<string, Row>> {
  const columns = Prisma.raw(shape.selectList(selection))
  const rows = await runSql<{ id: string; row: Row }>(
    pool,
    Prisma.sql`
      select t.id::text, (select row_to_json(r) from (select ${columns}) r) as row
      from ${Prisma.raw(shape.table)} t where t.id = any (${[...ids]}::uuid[])`,
  )
  return new Map(rows.map(({ id, row }) => [id, row]))
}
