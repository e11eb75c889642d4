import {
  astFromValue,
  buildSchema,
  type GraphQLArgument,
  type GraphQLInputField,
  type GraphQLNamedType,
  type GraphQLSchema,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isObjectType,
  isRequiredArgument,
  isRequiredInputField,
  isSpecifiedScalarType,
  print,
} from 'graphql'

/** What a schema makes of a contract, as schema coordinates: `Query.orders(first:)`. */
export interface ContractReport {
  /** In both, but different; or added in a way that breaks clients who know only the contract. */
  readonly broken: string[]
  /** In the contract alone. */
  readonly notServed: string[]
}

/** The contract's text as a schema, with the connection types that it leaves understood. */
export function buildContract(text: string): GraphQLSchema {
  const nodes = new Set([...text.matchAll(/\b(\w+)Connection!/g)].map(([, node]) => node))
  const connections = [...nodes].map(
    (node) => `type ${node}Connection { edges: [${node}Edge!]! nodes: [${node}!]! pageInfo: PageInfo! totalCount: Int! }
      type ${node}Edge { node: ${node}! cursor: Cursor! }`,
  )
  return buildSchema([text, ...connections].join('\n'))
}

export function holdAgainst(contract: GraphQLSchema, served: GraphQLSchema): ContractReport {
  const report: ContractReport = { broken: [], notServed: [] }
  for (const promised of Object.values(contract.getTypeMap())) {
    if (promised.name.startsWith('__') || isSpecifiedScalarType(promised)) continue
    const actual = served.getType(promised.name)
    if (actual) compareTypes(promised, actual, report)
    else report.notServed.push(promised.name)
  }
  return { broken: report.broken.sort(), notServed: report.notServed.sort() }
}

function compareTypes(promised: GraphQLNamedType, actual: GraphQLNamedType, report: ContractReport): void {
  const { name } = promised
  if (promised.astNode?.kind !== actual.astNode?.kind) {
    report.broken.push(`${name} is declared by ${actual.astNode?.kind}`)
  } else if (isEnumType(promised) && isEnumType(actual)) {
    compareMembers(name, valuesOf(promised), valuesOf(actual), report)
    for (const { name: value } of actual.getValues())
      if (!promised.getValue(value)) report.broken.push(`${name}.${value} is a value that clients do not know`)
  } else if (isInputObjectType(promised) && isInputObjectType(actual)) {
    compareMembers(name, promised.getFields(), actual.getFields(), report)
    for (const field of Object.values(actual.getFields()))
      if (isRequiredInputField(field) && !promised.getFields()[field.name])
        report.broken.push(`${name}.${field.name} is required, but clients do not know it`)
  } else if (isComposite(promised) && isComposite(actual)) {
    compareMembers(name, promised.getFields(), actual.getFields(), report)
    for (const field of Object.values(actual.getFields())) {
      const known = promised.getFields()[field.name]
      if (known) compareArguments(`${name}.${field.name}`, known.args, field.args, report)
    }
  }
}

const isComposite = (type: GraphQLNamedType) => isObjectType(type) || isInterfaceType(type)

const valuesOf = (type: { getValues(): readonly { name: string }[] }) =>
  Object.fromEntries(type.getValues().map(({ name }) => [name, {}]))

type Member = Partial<Pick<GraphQLInputField, 'type' | 'defaultValue'>>

function compareMembers(
  owner: string,
  promised: Record<string, object>,
  actual: Record<string, object>,
  report: ContractReport,
): void {
  for (const [name, member] of Object.entries(promised)) {
    const served = actual[name]
    if (!served) report.notServed.push(`${owner}.${name}`)
    else if (signature(served) !== signature(member))
      report.broken.push(`${owner}.${name} is ${signature(served)}, promised as ${signature(member)}`)
  }
}

function compareArguments(
  field: string,
  promised: readonly GraphQLArgument[],
  actual: readonly GraphQLArgument[],
  report: ContractReport,
): void {
  for (const argument of promised) {
    const served = actual.find(({ name }) => name === argument.name)
    const coordinate = `${field}(${argument.name}:)`
    if (!served) report.notServed.push(coordinate)
    else if (signature(served) !== signature(argument))
      report.broken.push(`${coordinate} is ${signature(served)}, promised as ${signature(argument)}`)
  }
  for (const argument of actual)
    if (isRequiredArgument(argument) && !promised.some(({ name }) => name === argument.name))
      report.broken.push(`${field}(${argument.name}:) is required, but clients do not know it`)
}

/** The type, and the default where there is one: `Int! = 1`. */
function signature(member: Member): string {
  if (member.type === undefined) return ''
  if (member.defaultValue === undefined) return String(member.type)
  const value = astFromValue(member.defaultValue, member.type)
  return `${member.type} = ${value ? print(value) : ''}`
}
