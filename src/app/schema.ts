import 'reflect-metadata'
import { GraphQLSchema } from 'graphql'
import { buildSchemaSync, type NonEmptyArray } from 'type-graphql'
import type { Context, ResolverContainer } from '../platform/graphql/context.js'
import { callDirectly } from '../platform/graphql/direct-fields.js'
import { errorCodeType } from '../platform/graphql/error-code.type.js'
import { guardSchema } from '../platform/graphql/guard.js'
import { MoneyResolver } from '../platform/graphql/money.type.js'
import { validateInput } from '../platform/graphql/validate-input.js'
import type { Room } from '../platform/room.js'

// Streams bring their own `subscribe`; TypeGraphQL asks for a PubSub all the same.
const noPubSub = {
  publish: () => undefined,
  subscribe: () => {
    throw new Error('subscriptions follow event streams')
  },
}

/** The executable, guarded schema of the rooms' resolvers. */
export function buildAppSchema(rooms: readonly Room[]): GraphQLSchema {
  const resolvers = resolverInstances(rooms).map((resolver) => resolver.constructor)
  const schema = buildSchemaSync({
    resolvers: resolvers as unknown as NonEmptyArray<never>,
    container: ({ context }) => (context as Context & { container: ResolverContainer }).container,
    validate: false,
    validateFn: validateInput,
    pubSub: noPubSub as never,
  })
  const config = schema.toConfig()
  // No field returns an error code, yet clients want its values and their meanings.
  return guardSchema(callDirectly(new GraphQLSchema({ ...config, types: [...config.types, errorCodeType] })))
}

export const resolverInstances = (rooms: readonly Room[]): object[] => [
  new MoneyResolver(),
  ...rooms.flatMap((room) => [...room.resolvers]),
]
