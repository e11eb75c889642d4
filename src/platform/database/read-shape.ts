import { createHash } from 'node:crypto'
import { LRUCache } from 'lru-cache'
import type { Pool } from 'pg'
import { Prisma } from '../../generated/prisma/client.js'
import type { CursorCodec, CursorValue } from '../../kernel/cursor.js'
import { notFound } from '../../kernel/domain-error.js'
import { buildPage, type Keyed, type Page, type PageArguments, pageWindow } from './page.js'
import { nodesOf, type Selection, wantsCursors } from './selection.js'
import { pageKey, type Shape } from './shape.js'

// Parsing a wide statement costs more than running it, so the hot ones are prepared once per connection. Connections keep
// every prepared statement, hence the bound; what does not fit runs unnamed.
const names = new Map<string, string>()
const MAX_PREPARED = 200
const seenOnce = new LRUCache<string, true>({ max: 1_000 })

function preparedName(text: string): string | undefined {
  const known = names.get(text)
  if (known) return known
  if (!seenOnce.has(text)) {
    seenOnce.set(text, true)
    return undefined
  }
  if (names.size >= MAX_PREPARED) return undefined
  const name = `s${createHash('sha1').update(text).digest('hex').slice(0, 20)}`
  names.set(text, name)
  return name
}

/** Runs one statement, prepared when it is a repeated one. */
export async function runSql<Row>(pool: Pool, sql: Prisma.Sql): Promise<Row[]> {
  const text = sql.text
  const name = preparedName(text)
  const { rows } = await pool.query({ text, values: [...sql.values], ...(name && { name }) })
  return rows as Row[]
}

export interface ShapedRead {
  readonly shape: Shape
  readonly selection: Selection
  /** A condition over the row `t`. Ownership belongs here. */
  readonly where: Prisma.Sql
}

/** The rows of a shape that meet a condition, in one statement, unordered. The caller bounds them by the condition (ids). */
export async function readRows<Row>(pool: Pool, { shape, selection, where }: ShapedRead): Promise<Row[]> {
  const columns = Prisma.raw(shape.selectList(selection))
  const [result] = await runSql<{ rows: Row[] }>(
    pool,
    Prisma.sql`select coalesce(json_agg(r), '[]') as rows from (select ${columns} from ${Prisma.raw(shape.table)} t where ${where}) r`,
  )
  return result?.rows ?? []
}

export async function readOne<Row>(pool: Pool, read: ShapedRead): Promise<Row | null> {
  const [row] = await readRows<Row>(pool, read)
  return row ?? null
}

/** @throws NOT_FOUND, naming `what`, when the condition finds nothing: there is none, or the viewer may not see it */
export async function readFound<Row>(pool: Pool, read: ShapedRead, what: string): Promise<Row> {
  const row = await readOne<Row>(pool, read)
  if (!row) throw notFound(what)
  return row
}

/** The order of a list: keys that together are unique, all in one direction. */
export interface KeysetOrder {
  readonly keys: readonly { readonly column: string; readonly type: 'timestamptz' | 'uuid' | 'bigint' | 'float8' }[]
  readonly descending: boolean
}

export const newestFirst: KeysetOrder = {
  keys: [
    { column: 'created_at', type: 'timestamptz' },
    { column: 'id', type: 'uuid' },
  ],
  descending: true,
}

export interface PageRead extends ShapedRead {
  readonly cursors: CursorCodec
  /** Names the list and its order in its cursors: "orders". */
  readonly scope: string
  readonly order: KeysetOrder
  readonly page: PageArguments
}

function beyond({ keys, descending }: KeysetOrder, values: readonly CursorValue[], after: boolean): Prisma.Sql {
  const columns = Prisma.raw(keys.map(({ column }) => `t.${column}`).join(', '))
  const bounds = Prisma.join(keys.map(({ type }, index) => Prisma.sql`${values[index]}::${Prisma.raw(type)}`))
  const operator = Prisma.raw(descending === after ? '<' : '>')
  return Prisma.sql`(${columns}) ${operator} (${bounds})`
}

/**
 * One page of a list by keyset, in one statement; a second one counts, only when `totalCount` was selected.
 * The limit is applied before any relation is read.
 */
export async function readPage<Row>(pool: Pool, read: PageRead): Promise<Page<Row>> {
  const { shape, selection, order } = read
  const window = pageWindow(read.cursors, read.scope, read.page)
  const conditions = [read.where]
  if (window.after) conditions.push(beyond(order, window.after, true))
  if (window.before) conditions.push(beyond(order, window.before, false))
  // One row more tells whether there is a further page.
  const size = selection.has('pageInfo') ? window.size + 1 : window.size
  const direction = order.descending !== window.backwards ? ' desc' : ''
  const orderBy = Prisma.raw(order.keys.map(({ column }) => `t.${column}${direction}`).join(', '))
  const keys = order.keys.map(({ column }) => `t.${column}`).join(', ')
  const list = [shape.selectList(nodesOf(selection)), wantsCursors(selection) && `json_build_array(${keys}) as "_keys"`]
  const columns = Prisma.raw(list.filter(Boolean).join(', '))
  const table = Prisma.raw(shape.table)
  const [result] = await runSql<{ rows: Keyed<Row>[] }>(
    pool,
    Prisma.sql`select coalesce(json_agg(r), '[]') as rows from (select ${columns} from (select * from ${table} t where ${Prisma.join(conditions, ' and ')} order by ${orderBy} limit ${size}) t order by ${orderBy}) r`,
  )
  return buildPage({
    cursors: read.cursors,
    scope: read.scope,
    window,
    selection,
    rows: result?.rows ?? [],
    count: () => countRows(pool, shape, read.where),
  })
}

export async function countRows(pool: Pool, shape: Shape, where: Prisma.Sql): Promise<number> {
  const [counted] = await runSql<{ count: number }>(
    pool,
    Prisma.sql`select count(*)::int as count from ${Prisma.raw(shape.table)} t where ${where}`,
  )
  return counted?.count ?? 0
}

/** The page that a shape read along with its parent, or null when it has to be read on its own. A promise only when it has to count. */
export function preloadedPage<Row>(
  parent: object,
  field: string,
  read: Omit<PageRead, 'shape' | 'where' | 'order'> & { readonly count: () => Promise<number> },
): Page<Row> | Promise<Page<Row>> | null {
  const key = pageKey(field, read.page as Record<string, unknown>)
  const rows = key === null ? undefined : (parent as Record<string, Keyed<Row>[] | undefined>)[key]
  if (!rows) return null
  return buildPage({
    cursors: read.cursors,
    scope: read.scope,
    window: pageWindow(read.cursors, read.scope, read.page),
    selection: read.selection,
    rows,
    count: read.count,
  })
}
