import {
  type GraphQLSchema,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isObjectType,
  isSpecifiedScalarType,
} from 'graphql'

interface Described {
  readonly coordinate: string
  readonly name: string
  readonly description: string | null | undefined
}

const MIN_LENGTH = 10

/** Everything whose description tells a client nothing: absent, shorter than ten characters, or its own name again. */
export const undescribed = (schema: GraphQLSchema): string[] =>
  describables(schema)
    .filter(({ name, description }) => {
      const text = description?.trim() ?? ''
      return text.length < MIN_LENGTH || words(text) === words(name)
    })
    .map(({ coordinate }) => coordinate)

/** Letters only and no article, so that "The order number." is no more than `orderNumber`. */
const words = (text: string): string =>
  text
    .toLowerCase()
    .replace(/^(the|a|an|its)\s/, '')
    .replace(/[^\p{L}\d]/gu, '')

function describables(schema: GraphQLSchema): Described[] {
  return Object.values(schema.getTypeMap()).flatMap((type): Described[] => {
    if (type.name.startsWith('__') || isSpecifiedScalarType(type)) return []
    const at = (
      { name, description }: Omit<Described, 'coordinate'>,
      inside = `${type.name}.`,
      after = '',
    ): Described => ({
      coordinate: `${inside}${name}${after}`,
      name,
      description,
    })
    const roots = [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()]
    // Query, Mutation and Subscription need no words, and TypeGraphQL takes none for them.
    const self = roots.some((root) => root === type) ? [] : [at(type, '')]
    if (isEnumType(type)) return [...self, ...type.getValues().map((value) => at(value))]
    if (isInputObjectType(type)) return [...self, ...Object.values(type.getFields()).map((field) => at(field))]
    if (!isObjectType(type) && !isInterfaceType(type)) return self
    const fields = Object.values(type.getFields())
    return [
      ...self,
      ...fields.flatMap((field) => [
        at(field),
        ...field.args.map((argument) => at(argument, `${type.name}.${field.name}(`, ':)')),
      ]),
    ]
  })
}
