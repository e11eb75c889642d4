import { type GraphQLSchema, isObjectType } from 'graphql'
import { getMetadataStorage } from 'type-graphql'
import type { Context } from './context.js'

type Method = (...values: unknown[]) => unknown

/**
 * Lets resolvers of fields without arguments be called as they are. TypeGraphQL prepares every call alike (it sorts, copies and
 * checks parameters), which for the fields of long lists costs more than what they do.
 */
export function callDirectly(schema: GraphQLSchema): GraphQLSchema {
  for (const {
    kind,
    target,
    methodName,
    schemaName,
    params = [],
    middlewares = [],
    getObjectType,
  } of getMetadataStorage().fieldResolvers) {
    const kinds = [...params].sort((left, right) => left.index - right.index)
    const isPlain = kinds.every(
      (param) => ['root', 'context', 'info'].includes(param.kind) && !('propertyName' in param && param.propertyName),
    )
    if (kind !== 'external' || middlewares.length > 0 || !isPlain || !getObjectType) continue
    const name = getMetadataStorage().objectTypes.find((type) => type.target === getObjectType())?.name
    const type = name === undefined ? undefined : schema.getType(name)
    const field = isObjectType(type) ? type.getFields()[schemaName] : undefined
    if (!field) continue
    const order = kinds.map((param) => param.kind)
    field.resolve = (root, _args, context: Context, info) => {
      const resolver = context.container.get(target as never) as Record<string, Method>
      const given = { root, context, info } as Record<string, unknown>
      return resolver[methodName]?.(...order.map((one) => given[one]))
    }
  }
  return schema
}
