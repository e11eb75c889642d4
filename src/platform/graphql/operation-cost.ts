import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLOutputType,
  type GraphQLSchema,
  getNamedType,
  getNullableType,
  isCompositeType,
  isListType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql'

const MUTATION = 10
const INTROSPECTION = 500
const LIST = 5
const DEFAULT_PAGE = 20
const LARGEST_PAGE = 100
const MAX_VARIANTS = 20

type Variables = Readonly<Record<string, unknown>>

interface Walk {
  readonly schema: GraphQLSchema
  readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>
  readonly variables: Variables
  /** The variables that a page's size came from. */
  readonly sizedBy: Set<string>
}

// Parsed documents are cached, so the same operation comes again and again, mostly with the same page sizes.
const known = new WeakMap<
  OperationDefinitionNode,
  { readonly sizedBy: readonly string[]; readonly costs: Map<string, number> }
>()

/**
 * What an operation asks for, in points: one for each field, as many times as the lists above it can be long (a page by its `first` or
 * `last`, 20 when neither is given; 5 for other lists). A mutation costs 10 more for each of its fields, the whole schema 500.
 */
export function operationCost(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
  variables: Variables,
): number {
  const entry = known.get(operation)
  const keyOf = (names: readonly string[]) => names.map((name) => String(variables[name])).join()
  const remembered = entry?.costs.get(keyOf(entry.sizedBy))
  if (remembered !== undefined) return remembered
  const walk: Walk = { schema, fragments: fragmentsOf(document), variables, sizedBy: new Set() }
  const cost = rootCost(operation, walk)
  const costs = entry?.costs ?? new Map<string, number>()
  const sizedBy = entry?.sizedBy ?? [...walk.sizedBy]
  if (costs.size >= MAX_VARIANTS) costs.clear()
  costs.set(keyOf(sizedBy), cost)
  if (!entry) known.set(operation, { sizedBy, costs })
  return cost
}

function rootCost({ operation, selectionSet }: OperationDefinitionNode, walk: Walk): number {
  const cost = costOf(selectionSet, walk.schema.getRootType(operation) ?? undefined, walk)
  return operation === 'mutation' ? cost + MUTATION * selectionSet.selections.length : cost
}

function costOf(set: SelectionSetNode, type: GraphQLOutputType | undefined, walk: Walk): number {
  let cost = 0
  for (const node of set.selections) {
    if (node.kind === Kind.FIELD) cost += fieldCost(node, type, walk)
    else if (node.kind === Kind.INLINE_FRAGMENT) cost += costOf(node.selectionSet, onType(node, type, walk), walk)
    else {
      const fragment = walk.fragments.get(node.name.value)
      if (fragment) cost += costOf(fragment.selectionSet, onType(fragment, type, walk), walk)
    }
  }
  return cost
}

function fieldCost(node: FieldNode, parent: GraphQLOutputType | undefined, walk: Walk): number {
  const name = node.name.value
  if (name === '__schema') return INTROSPECTION
  if (!node.selectionSet) return 1
  const type = isObjectType(parent) ? parent.getFields()[name]?.type : undefined
  return 1 + timesOf(node, type, walk) * costOf(node.selectionSet, type && getNamedType(type), walk)
}

function timesOf(node: FieldNode, type: GraphQLOutputType | undefined, walk: Walk): number {
  if (type === undefined) return 1
  if (getNamedType(type).name.endsWith('Connection')) return pageSize(node, walk)
  // The lists of a connection are as long as its page, which is counted already.
  const isPage = node.name.value === 'nodes' || node.name.value === 'edges'
  return isListType(getNullableType(type)) && !isPage ? LIST : 1
}

function pageSize({ arguments: given = [] }: FieldNode, walk: Walk): number {
  const size = given.find(({ name }) => name.value === 'first' || name.value === 'last')?.value
  if (size?.kind === Kind.INT) return bounded(Number(size.value))
  if (size?.kind !== Kind.VARIABLE) return DEFAULT_PAGE
  walk.sizedBy.add(size.name.value)
  const value = walk.variables[size.name.value]
  return typeof value === 'number' ? bounded(value) : DEFAULT_PAGE
}

const bounded = (size: number): number => Math.min(Math.max(size, 1), LARGEST_PAGE)

function onType(
  { typeCondition }: Pick<FragmentDefinitionNode, 'typeCondition'> | { readonly typeCondition?: undefined },
  type: GraphQLOutputType | undefined,
  { schema }: Walk,
): GraphQLOutputType | undefined {
  const named = typeCondition && schema.getType(typeCondition.name.value)
  return named && isCompositeType(named) ? named : type
}

const fragmentsOf = ({ definitions }: DocumentNode): ReadonlyMap<string, FragmentDefinitionNode> =>
  new Map(definitions.flatMap((node) => (node.kind === Kind.FRAGMENT_DEFINITION ? [[node.name.value, node]] : [])))
