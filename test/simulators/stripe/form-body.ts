type Tree = { [name: string]: Tree | string }

/**
 * Form fields with brackets as the tree they mean: `a[b]=1&list[0]=x` is `{ a: { b: '1' }, list: ['x'] }`. Everything that is numbered from
 * 0 is a list; values stay text.
 */
export function parseForm(body: string): unknown {
  const tree: Tree = Object.create(null) as Tree
  for (const [field, value] of new URLSearchParams(body)) {
    const names = field.split(/\[|\]\[|\]/).filter((name, index) => index === 0 || name !== '')
    if (field.endsWith('[]')) names.push(String(Object.keys(branch(tree, names)).length))
    const leaf = names.pop() ?? ''
    branch(tree, names)[leaf] = value
  }
  return listed(tree)
}

function branch(tree: Tree, names: readonly string[]): Tree {
  return names.reduce((at, name) => {
    const next = at[name]
    if (typeof next === 'object') return next
    const made: Tree = Object.create(null) as Tree
    at[name] = made
    return made
  }, tree)
}

function listed(tree: Tree | string): unknown {
  if (typeof tree === 'string') return tree
  const entries = Object.entries(tree)
  if (entries.length > 0 && entries.every(([name], index) => name === String(index)))
    return entries.map(([, value]) => listed(value))
  return Object.fromEntries(entries.map(([name, value]) => [name, listed(value)]))
}
