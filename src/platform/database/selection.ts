/** One field a client asked for, with its argument values and what it asked for below. */
export interface SelectedField {
  readonly args: Readonly<Record<string, unknown>>
  readonly selection: Selection
}

/** What a client asked for of one object, by field name. A field asked for under several aliases stands there several times. */
export type Selection = ReadonlyMap<string, readonly SelectedField[]>

export const emptySelection: Selection = new Map()

/** A selection of plain fields, for reads that no client shaped: `select('id', 'status')`. */
export const select = (...names: string[]): Selection =>
  new Map(names.map((name) => [name, [{ args: {}, selection: emptySelection }]]))

/** All that several selections of one object ask for. */
export function merge(selections: readonly Selection[]): Selection {
  const [only] = selections
  if (only && selections.length === 1) return only
  const all = new Map<string, SelectedField[]>()
  for (const selection of selections)
    for (const [name, fields] of selection) all.set(name, [...(all.get(name) ?? []), ...fields])
  return all
}

const childrenOf = new WeakMap<Selection, Map<string, Selection>>()

/** What was asked for below `path` (['edges', 'node']), all aliases together. The same object each time, so that plans can be cached by it. */
export function below(selection: Selection, ...path: string[]): Selection {
  const key = path.join('.')
  const cache = childrenOf.get(selection) ?? new Map<string, Selection>()
  childrenOf.set(selection, cache)
  const known = cache.get(key)
  if (known) return known
  let level: readonly Selection[] = [selection]
  for (const name of path) level = level.flatMap((one) => (one.get(name) ?? []).map((field) => field.selection))
  const found = level.length === 0 ? emptySelection : merge(level)
  cache.set(key, found)
  return found
}

const ofNodes = new WeakMap<Selection, Selection>()

/** What was asked for of the nodes of a connection, through `nodes` and through `edges { node }`. */
export function nodesOf(connection: Selection): Selection {
  const known = ofNodes.get(connection)
  if (known) return known
  const parts = [below(connection, 'nodes'), below(connection, 'edges', 'node')].filter((part) => part.size > 0)
  const found = parts.length === 0 ? emptySelection : merge(parts)
  ofNodes.set(connection, found)
  return found
}

/** Whether the cursor of any row of a connection was asked for. */
export const wantsCursors = (connection: Selection): boolean =>
  below(connection, 'edges').has('cursor') ||
  below(connection, 'pageInfo').has('startCursor') ||
  below(connection, 'pageInfo').has('endCursor')
