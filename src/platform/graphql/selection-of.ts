import {
  type FieldNode,
  GraphQLIncludeDirective,
  type GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLResolveInfo,
  GraphQLSkipDirective,
  getArgumentValues,
  getDirectiveValues,
  getNamedType,
  isCompositeType,
  Kind,
  type SelectionSetNode,
  visit,
} from 'graphql'
import { emptySelection, type SelectedField, type Selection } from '../database/selection.js'

type Info = Pick<GraphQLResolveInfo, 'fieldNodes' | 'fragments' | 'variableValues' | 'schema' | 'returnType'>

const MAX_VARIANTS = 20
// Parsed documents are cached, so the same field node comes again and again; with it comes the same selection, and with that its plan.
const known = new WeakMap<
  FieldNode,
  { readonly variables: readonly string[]; readonly variants: Map<string, Selection> }
>()

/** What the client asked for below the field being resolved: fragments merged, @skip and @include applied, arguments coerced. */
export function selectionOf(info: Info): Selection {
  const [node] = info.fieldNodes
  if (!node) return emptySelection
  // Several nodes for one field are rare; their merged selection is not worth a cache.
  if (info.fieldNodes.length > 1) return collect(info, info.fieldNodes, info.returnType)
  const entry = known.get(node) ?? { variables: variablesBelow(info, node), variants: new Map<string, Selection>() }
  known.set(node, entry)
  const key =
    entry.variables.length === 0 ? '' : JSON.stringify(entry.variables.map((name) => info.variableValues[name]))
  const cached = entry.variants.get(key)
  if (cached) return cached
  const selection = collect(info, [node], info.returnType)
  if (entry.variants.size >= MAX_VARIANTS) entry.variants.clear()
  entry.variants.set(key, selection)
  return selection
}

function collect(info: Info, nodes: readonly FieldNode[], type: GraphQLOutputType): Selection {
  const named = getNamedType(type)
  if (!isCompositeType(named)) return emptySelection
  const found = new Map<string, SelectedField[]>()
  for (const node of nodes)
    if (node.selectionSet) collectInto(found, info, node.selectionSet, named as GraphQLObjectType)
  return found
}

function collectInto(
  found: Map<string, SelectedField[]>,
  info: Info,
  set: SelectionSetNode,
  type: GraphQLObjectType,
): void {
  for (const node of set.selections) {
    if (getDirectiveValues(GraphQLSkipDirective, node, info.variableValues)?.if === true) continue
    if (getDirectiveValues(GraphQLIncludeDirective, node, info.variableValues)?.if === false) continue
    if (node.kind === Kind.FIELD) {
      const field = type.getFields()[node.name.value]
      if (!field) continue
      const asked = found.get(field.name) ?? []
      asked.push({
        args: getArgumentValues(field, node, info.variableValues),
        selection: collect(info, [node], field.type),
      })
      found.set(field.name, asked)
      continue
    }
    const inner = node.kind === Kind.INLINE_FRAGMENT ? node : info.fragments[node.name.value]
    if (inner) collectInto(found, info, inner.selectionSet, type)
  }
}

function variablesBelow(info: Info, root: FieldNode): string[] {
  const names = new Set<string>()
  const seen = new Set<string>()
  const walk = (node: FieldNode | SelectionSetNode) =>
    visit(node, {
      Variable: (variable) => void names.add(variable.name.value),
      FragmentSpread: ({ name }) => {
        const fragment = info.fragments[name.value]
        if (!fragment || seen.has(name.value)) return
        seen.add(name.value)
        walk(fragment.selectionSet)
      },
    })
  if (root.selectionSet) walk(root.selectionSet)
  return [...names].sort()
}
