import type { CursorCodec, CursorValue } from '../../kernel/cursor.js'
import { inputError, type WrongField } from '../../kernel/domain-error.js'
import { below, type Selection } from './selection.js'

export const DEFAULT_PAGE_SIZE = 20
export const MAX_PAGE_SIZE = 100

/** What a client may say about the part of a list it wants. */
export interface PageArguments {
  readonly first?: number | null | undefined
  readonly after?: string | null | undefined
  readonly last?: number | null | undefined
  readonly before?: string | null | undefined
}

/** A row as read, with the values of its sort keys when cursors are to be made of them. */
export type Keyed<Row> = Row & { readonly _keys?: readonly CursorValue[] }

/** A Relay connection as plain data. Parts that were not asked for are left out. */
export interface Page<Row> {
  readonly nodes: readonly Row[]
  readonly edges?: readonly { readonly node: Row; readonly cursor?: string }[]
  readonly pageInfo: {
    readonly hasNextPage: boolean
    readonly hasPreviousPage: boolean
    readonly startCursor: string | null
    readonly endCursor: string | null
  }
  readonly totalCount?: number
}

export interface PageWindow {
  readonly size: number
  /** Read from the end: `last`. */
  readonly backwards: boolean
  readonly after: readonly CursorValue[] | null
  readonly before: readonly CursorValue[] | null
}

/** @throws BAD_USER_INPUT for sizes out of 0..100, first together with last, and cursors of another list */
export function pageWindow(cursors: CursorCodec, scope: string, page: PageArguments): PageWindow {
  const wrong: WrongField[] = []
  for (const path of ['first', 'last'] as const) {
    const size = page[path]
    if (size != null && (!Number.isInteger(size) || size < 0 || size > MAX_PAGE_SIZE))
      wrong.push({ path, message: `must be between 0 and ${MAX_PAGE_SIZE}` })
  }
  if (page.first != null && page.last != null) wrong.push({ path: 'last', message: 'cannot be combined with first' })
  if (wrong.length > 0) throw inputError(wrong)
  return {
    size: page.first ?? page.last ?? DEFAULT_PAGE_SIZE,
    backwards: page.last != null,
    after: page.after == null ? null : cursors.decode(scope, page.after, 'after'),
    before: page.before == null ? null : cursors.decode(scope, page.before, 'before'),
  }
}

interface PageSource<Row> {
  readonly cursors: CursorCodec
  readonly scope: string
  readonly window: PageWindow
  readonly selection: Selection
  /** Up to `size + 1` rows in reading order: from the end when the window is read backwards. */
  readonly rows: readonly Keyed<Row>[]
  readonly count: () => Promise<number>
}

/** Cuts the probe row off, puts the rows in list order, and fills in only what was selected. A promise only when it has to count. */
export function buildPage<Row>(source: PageSource<Row>): Page<Row> | Promise<Page<Row>> {
  if (!source.selection.has('totalCount')) return uncountedPage(source)
  return source.count().then((totalCount) => ({ ...uncountedPage(source), totalCount }))
}

function uncountedPage<Row>({ cursors, scope, window, selection, rows }: PageSource<Row>): Page<Row> {
  const hasMore = rows.length > window.size
  const kept = rows.slice(0, window.size)
  if (window.backwards) kept.reverse()
  // A cursor carries a MAC, which costs more than the rest of a page.
  const cursorOf = (row: Keyed<Row> | undefined) => (row?._keys ? cursors.encode(scope, row._keys) : null)
  const edgeOf = below(selection, 'edges').has('cursor')
    ? (node: Keyed<Row>) => ({ node, cursor: cursors.encode(scope, node._keys ?? []) })
    : (node: Keyed<Row>) => ({ node })
  const wanted = below(selection, 'pageInfo')
  return {
    nodes: kept,
    ...(selection.has('edges') && { edges: kept.map(edgeOf) }),
    pageInfo: {
      hasNextPage: window.backwards ? window.before !== null : hasMore,
      hasPreviousPage: window.backwards ? hasMore : window.after !== null,
      startCursor: wanted.has('startCursor') ? cursorOf(kept[0]) : null,
      endCursor: wanted.has('endCursor') ? cursorOf(kept.at(-1)) : null,
    },
  }
}
