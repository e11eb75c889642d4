import type { GraphQLResolveInfo } from 'graphql'
import type { ClassType } from 'type-graphql'
import type { Context } from './context.js'

/**
 * The `subscribe` of a @Subscription, handed to a method of the resolver instance that this server runs with:
 * `@Subscription(() => Event, { subscribe: subscribeWith(() => OrderLiveResolver, 'openOrder') })`.
 * The method gets the arguments, the context and, for what is read as it was selected, the info.
 */
export function subscribeWith<Resolver extends object, Method extends keyof Resolver>(
  resolver: () => ClassType<Resolver>,
  method: Method,
) {
  type Open = (args: unknown, context: Context, info: GraphQLResolveInfo) => unknown
  return ({
    args,
    context,
    info,
  }: {
    args: unknown
    context: unknown
    info: GraphQLResolveInfo
  }): AsyncIterable<unknown> => {
    const { container } = context as Context
    const instance = container.get(resolver()) as Record<Method, Open>
    return instance[method](args, context as Context, info) as AsyncIterable<unknown>
  }
}
