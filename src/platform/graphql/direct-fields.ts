import { type FieldNode, type GraphQLField, type GraphQLResolveInfo, type GraphQLSchema, isObjectType } from 'graphql'
import { getMetadataStorage } from 'type-graphql'
import type { Context } from './context.js'
import { checkInput } from './validate-input.js'

interface Call {
  readonly root: unknown
  readonly args: Readonly<Record<string, unknown>>
  readonly context: Context
  readonly info: GraphQLResolveInfo
}

type Parameter = (call: Call) => unknown
type Method = (...values: unknown[]) => unknown
type FieldResolver = ReturnType<typeof getMetadataStorage>['fieldResolvers'][number]
type ArgsClass = new () => object

/**
 * Lets field resolvers be called as they are. TypeGraphQL prepares every call alike (it sorts and copies parameters, makes and
 * validates arguments, waits), which for the fields of a list's objects costs more than what they do. Resolvers that take
 * anything but their object, the context, the info and plain arguments are left to it.
 */
export function callDirectly(schema: GraphQLSchema): GraphQLSchema {
  for (const resolver of getMetadataStorage().fieldResolvers) {
    const field = fieldOf(schema, resolver)
    const parameters = parametersOf(resolver)
    if (!field || !parameters) continue
    const { target, methodName } = resolver
    field.resolve = (root, args, context, info) => {
      const instance = context.container.get(target as never) as Record<string, Method>
      const call = { root, args, context, info }
      return instance[methodName]?.(...parameters.map((valueFor) => valueFor(call)))
    }
  }
  return schema
}

function fieldOf(schema: GraphQLSchema, resolver: FieldResolver): GraphQLField<unknown, Context> | undefined {
  const { kind, schemaName, getObjectType, middlewares = [] } = resolver
  if (kind !== 'external' || middlewares.length > 0) return undefined
  const name = getMetadataStorage().objectTypes.find(({ target }) => target === getObjectType?.())?.name
  const type = name === undefined ? undefined : schema.getType(name)
  return isObjectType(type) ? type.getFields()[schemaName] : undefined
}

function parametersOf({ params = [] }: FieldResolver): Parameter[] | undefined {
  const parameters = [...params]
    .sort((left, right) => left.index - right.index)
    .map((param): Parameter | undefined => {
      if ('propertyName' in param && param.propertyName) return undefined
      if (param.kind === 'root') return ({ root }) => root
      if (param.kind === 'context') return ({ context }) => context
      if (param.kind === 'info') return ({ info }) => info
      if (param.kind !== 'args') return undefined
      const type = param.getType() as ArgsClass
      return isPlain(type) ? (call) => argumentsOf(type, call) : undefined
    })
  return parameters.every((parameter) => parameter !== undefined) ? parameters : undefined
}

/** Whether an @Args class, with what it extends, holds no input objects, which would have to be made into instances. */
function isPlain(type: ArgsClass): boolean {
  const { argumentTypes, inputTypes } = getMetadataStorage()
  const inputs = new Set<unknown>(inputTypes.map(({ target }) => target))
  for (let one: unknown = type; typeof one === 'function' && one.prototype; one = Object.getPrototypeOf(one)) {
    const { fields = [] } = argumentTypes.find(({ target }) => target === one) ?? {}
    if (fields.some(({ getType, name, schemaName }) => name !== schemaName || inputs.has(getType()))) return false
  }
  return true
}

// By the operation's variables and the field's node: the objects of a list are all asked with the same arguments.
const prepared = new WeakMap<object, Map<FieldNode, object>>()

function argumentsOf(type: ArgsClass, { args, info: { variableValues, fieldNodes } }: Call): object {
  const [node] = fieldNodes
  const ofOperation = prepared.get(variableValues) ?? new Map<FieldNode, object>()
  prepared.set(variableValues, ofOperation)
  const known = node && ofOperation.get(node)
  if (known) return known
  const made = Object.assign(new type(), args)
  checkInput(made, args)
  if (node) ofOperation.set(node, Object.freeze(made))
  return made
}
