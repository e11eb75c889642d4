import {
  type GraphQLField,
  type GraphQLInputType,
  type GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLSchema,
  getNamedType,
  isEnumType,
  isInputObjectType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
  isRequiredArgument,
  isRequiredInputField,
} from 'graphql'

export type Arguments = Readonly<Record<string, unknown>>

/** A field of Query, Mutation or Subscription. */
export interface RootField {
  /** "Query.order" */
  readonly name: string
  readonly operation: 'query' | 'mutation' | 'subscription'
  readonly field: GraphQLField<unknown, unknown>
}

export const rootFields = (schema: GraphQLSchema): readonly RootField[] =>
  (['query', 'mutation', 'subscription'] as const).flatMap((operation) => {
    const type = schema.getRootType(operation as never)
    return Object.values(type?.getFields() ?? {}).map((field) => ({
      name: `${type?.name}.${field.name}`,
      operation,
      field,
    }))
  })

/** An operation of this field alone, with every argument as a variable of its name, and little of what it answers. */
export function documentOf({ operation, field }: RootField): string {
  const declared = field.args.map(({ name, type }) => `$${name}: ${type}`).join(', ')
  const passed = field.args.map(({ name }) => `${name}: $${name}`).join(', ')
  const call = field.args.length > 0 ? `${field.name}(${passed})` : field.name
  return `${operation} ${declared && `(${declared}) `}{ ${call}${littleOf(field.type)} }`
}

/** A selection that makes the field be read: its id, the ids of a page, or any leaf. */
export function littleOf(type: GraphQLOutputType): string {
  const named = getNamedType(type)
  if (!isObjectType(named)) return ''
  const fields = named.getFields()
  if (fields.id) return ' { id }'
  if (fields.nodes) return ` { nodes${littleOf(fields.nodes.type)} }`
  const leaf = Object.values(fields).find(({ type: of, args }) => isLeafType(getNamedType(of)) && args.length === 0)
  return ` { ${leaf?.name ?? '__typename'} }`
}

/** A field read at the end of a way through others: `customer.email` below Order is `{ customer { email } }`. */
export function selectionAlong(type: GraphQLObjectType, path: readonly string[]): string {
  const [name = '', ...rest] = path
  const field = fieldOf(type, name)
  const below = getNamedType(field.type)
  if (rest.length === 0) return `{ ${name}${littleOf(field.type)} }`
  if (!isObjectType(below)) throw new Error(`${type.name}.${name} has no fields`)
  return `{ ${name} ${selectionAlong(below, rest)} }`
}

export function fieldOf(type: GraphQLObjectType, name: string): GraphQLField<unknown, unknown> {
  const field = type.getFields()[name]
  if (!field) throw new Error(`${type.name} has no ${name}`)
  return field
}

const dummyLeaves: Readonly<Record<string, unknown>> = {
  Boolean: true,
  Cursor: 'AAAA',
  DateTime: '2026-01-01T00:00:00.000Z',
  EmailAddress: 'nobody@example.test',
  Float: 1,
  Int: 1,
  PhoneNumber: '+79991234567',
  SafeInt: 1,
  String: 'Word-123',
  URL: 'https://example.test/',
  UUID: '01890a5d-ac96-774b-bcce-b302099a8057',
}

/** Something that every argument takes, and that means nothing. */
export const dummyArguments = ({ field }: RootField): Arguments =>
  Object.fromEntries(field.args.filter(isRequiredArgument).map(({ name, type }) => [name, dummyOf(type)]))

function dummyOf(type: GraphQLInputType): unknown {
  if (isNonNullType(type)) return dummyOf(type.ofType)
  if (isListType(type)) return [dummyOf(type.ofType)]
  if (isEnumType(type)) return type.getValues()[0]?.name
  if (isInputObjectType(type))
    return Object.fromEntries(
      Object.values(type.getFields())
        .filter(isRequiredInputField)
        .map((field) => [field.name, dummyOf(field.type)]),
    )
  const { name } = type
  if (!(name in dummyLeaves)) throw new Error(`there is no dummy for ${name}`)
  return dummyLeaves[name]
}
