import type { ClassType } from 'type-graphql'
import type { Context } from './context.js'

/**
 * The `subscribe` of a @Subscription, handed to a method of the resolver instance that this server runs with:
 * `@Subscription(() => Event, { subscribe: subscribeWith(() => OrderLiveResolver, 'openOrder') })`.
 */
export function subscribeWith<Resolver extends object, Method extends keyof Resolver>(
  resolver: () => ClassType<Resolver>,
  method: Method,
) {
  return ({ args, context }: { args: unknown; context: unknown }): AsyncIterable<unknown> => {
    const { container } = context as Context
    const instance = container.get(resolver()) as Record<Method, (args: unknown, context: Context) => unknown>
    return instance[method](args, context as Context) as AsyncIterable<unknown>
  }
}
