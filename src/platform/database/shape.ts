import { emptySelection, merge, nodesOf, type SelectedField, type Selection, wantsCursors } from './selection.js'

/** The SQL alias that a row of a table goes by inside one statement. */
type Alias = string

type ShapeField =
  | { readonly kind: 'value'; readonly sql: (row: Alias) => string }
  | { readonly kind: 'one'; readonly shape: () => Shape; readonly on: (row: Alias, other: Alias) => string }
  | {
      readonly kind: 'many'
      readonly shape: () => Shape
      readonly from: string
      readonly on: (row: Alias, other: Alias) => string
      readonly orderBy: (other: Alias) => string
    }
  | {
      readonly kind: 'page'
      readonly shape: () => Shape
      readonly on: (row: Alias, other: Alias) => string
      readonly keys: readonly string[]
      readonly descending: boolean
    }

/** A column, or an expression over the row's alias. */
export const value = (sql: string | ((row: Alias) => string)): ShapeField => ({
  kind: 'value',
  sql: typeof sql === 'string' ? (row) => `${row}.${sql}` : sql,
})

/** Money from a bigint column and the row's currency. */
export const moneyValue = (amount: string): ShapeField =>
  value((row) => `json_build_object('amount', ${row}.${amount}, 'currency', ${row}.currency)`)

export const one = (shape: () => Shape, on: (row: Alias, other: Alias) => string): ShapeField => ({
  kind: 'one',
  shape,
  on,
})

/** Every matching row. Only for what is bounded by nature: the lines of an order, the previews of an item. */
export const many = (
  shape: () => Shape,
  from: string,
  on: (row: Alias, other: Alias) => string,
  orderBy: (other: Alias) => string,
): ShapeField => ({ kind: 'many', shape, from, on, orderBy })

/** The first or last rows of a connection field, when it was asked for without a cursor. Read them with `preloadedPage`. */
export const page = (
  shape: () => Shape,
  on: (row: Alias, other: Alias) => string,
  order: { readonly keys: readonly string[]; readonly descending: boolean },
): ShapeField => ({ kind: 'page', shape, on, ...order })

/**
 * How the objects of one GraphQL type are read: which SQL gives each field. `selectList` turns what a client selected into
 * the columns of one statement, relations included, so a screen costs one statement however deep it nests.
 * A room declares the shapes of its own types and extends those of rooms below it with the fields that it adds to them.
 * Fields that no shape knows are left to their resolvers; `always` lists what resolvers and policies need unasked.
 */
export class Shape {
  private readonly fields: Map<string, ShapeField>
  private readonly plans = new WeakMap<Selection, string>()

  constructor(
    readonly table: string,
    private readonly always: readonly string[],
    fields: Record<string, ShapeField> | Map<string, ShapeField>,
  ) {
    this.fields = fields instanceof Map ? fields : new Map(Object.entries(fields))
  }

  /**
   * The same fields, with all that rooms add to them, of rows that have this table's columns and others to choose and order by:
   * `itemShape.over('(select i.*, f.created_at as liked_at from … )')`.
   */
  over(rows: string): Shape {
    return new Shape(rows, this.always, this.fields)
  }

  extend(fields: Record<string, ShapeField>): void {
    for (const [name, field] of Object.entries(fields)) this.fields.set(name, field)
  }

  /** Also read `names` whenever any field is read: a room above needs them for a field it adds. */
  alwaysRead(...names: string[]): void {
    ;(this.always as string[]).push(...names.filter((name) => !this.always.includes(name)))
  }

  /** The select list for `selection` over a row called `row`. Cached when the row is the statement's root, `t`. */
  selectList(selection: Selection, row: Alias = 't'): string {
    const cached = row === 't' ? this.plans.get(selection) : undefined
    if (cached) return cached
    const columns = new Map<string, string>()
    for (const name of this.always) this.addField(columns, name, [{ args: {}, selection: emptySelection }], row)
    for (const [name, asked] of selection) this.addField(columns, name, asked, row)
    const list = [...columns].map(([name, sql]) => `${sql} as "${name}"`).join(', ')
    if (row === 't') this.plans.set(selection, list)
    return list
  }

  private addField(columns: Map<string, string>, name: string, asked: readonly SelectedField[], row: Alias): void {
    const field = this.fields.get(name)
    if (!field) return
    if (field.kind === 'page') {
      for (const [key, alike] of pagesOf(name, asked)) {
        const selection = merge(alike.map((one) => one.selection))
        if (nodesOf(selection).size > 0 || selection.has('pageInfo'))
          columns.set(key, pageSql(field, { args: alike[0].args, selection }, row))
      }
      return
    }
    columns.set(name, fieldSql(field, asked, row))
  }
}

function fieldSql(field: Exclude<ShapeField, { kind: 'page' }>, asked: readonly SelectedField[], row: Alias): string {
  if (field.kind === 'value') return field.sql(row)
  const other = `${row}_`
  const shape = field.shape()
  const columns = shape.selectList(merge(asked.map((one) => one.selection)), other)
  if (field.kind === 'one')
    return `(select row_to_json(r) from (select ${columns} from ${shape.table} ${other} where ${field.on(row, other)}) r)`
  return `(select coalesce(json_agg(r), '[]') from (select ${columns} from ${field.from.replaceAll('$', other)} where ${field.on(row, other)} order by ${field.orderBy(other)}) r)`
}

const DEFAULT_FIRST = 20

/** The name under which a preloaded page stands in its parent's row; null when its arguments need a read of their own. */
export function pageKey(name: string, args: Readonly<Record<string, unknown>>): string | null {
  const { first, last, after, before, ...others } = args
  if (after != null || before != null || Object.values(others).some((value) => value != null)) return null
  if (first != null && last != null) return null
  const size = Number(first ?? last ?? DEFAULT_FIRST)
  if (!Number.isInteger(size) || size < 0 || size > 100) return null
  return last != null ? `${name}:last:${size}` : `${name}:first:${size}`
}

/** What was asked for of a connection, by the page it is about: aliases of the same page share its rows. */
function pagesOf(name: string, asked: readonly SelectedField[]): Map<string, [SelectedField, ...SelectedField[]]> {
  const pages = new Map<string, [SelectedField, ...SelectedField[]]>()
  for (const one of asked) {
    const key = pageKey(name, one.args)
    if (key === null) continue
    const alike = pages.get(key)
    if (alike) alike.push(one)
    else pages.set(key, [one])
  }
  return pages
}

function pageSql(field: Extract<ShapeField, { kind: 'page' }>, asked: SelectedField, row: Alias): string {
  const { first, last } = asked.args
  const size = Number(first ?? last ?? DEFAULT_FIRST)
  const other = `${row}_`
  const shape = field.shape()
  const backwards = field.descending !== (last != null)
  const order = field.keys.map((key) => `${other}.${key}${backwards ? ' desc' : ''}`).join(', ')
  const keys = field.keys.map((key) => `${other}.${key}`).join(', ')
  // One row more tells whether there is a further page, and keys make cursors: each only for who asks.
  const limit = asked.selection.has('pageInfo') ? size + 1 : size
  const inner = `select * from ${shape.table} ${other} where ${field.on(row, other)} order by ${order} limit ${limit}`
  const columns = [
    shape.selectList(nodesOf(asked.selection), other),
    wantsCursors(asked.selection) && `json_build_array(${keys}) as "_keys"`,
  ]
  return `(select coalesce(json_agg(r), '[]') from (select ${columns.filter(Boolean).join(', ')} from (${inner}) ${other} order by ${order}) r)`
}
