import {
  defaultFieldResolver,
  type GraphQLField,
  type GraphQLFieldResolver,
  type GraphQLSchema,
  isObjectType,
} from 'graphql'
import { forbidden, inputError, unauthenticated } from '../../kernel/domain-error.js'
import { hasPermission } from '../../kernel/permissions.js'
import type { Context } from './context.js'
import { type Mark, OPEN } from './marks.js'
import { findUnparsable } from './unparsable.js'

const ENROLL_FIRST =
  'Your role needs a second factor before you may do more than a customer: enrollTwoFactor, then confirmTwoFactor.'

/** What was decided about a field; nothing about most that are not root fields. */
export const markOf = (field: GraphQLField<unknown, Context>): Mark | undefined =>
  field.extensions.mark as Mark | undefined

function check(context: Context, mark: Mark): void {
  if (mark === OPEN || hasPermission(context.viewer, mark)) return
  if (context.viewer.kind === 'visitor') throw unauthenticated()
  throw context.viewer.needsSecondFactor ? forbidden(ENROLL_FIRST) : forbidden()
}

/** Root fields that carry no permission mark, as "Query.orders". Empty in a schema that may be served. */
export function unmarkedRootFields(schema: GraphQLSchema): string[] {
  return [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()].flatMap((type) =>
    Object.values(type?.getFields() ?? {})
      .filter((field) => !markOf(field))
      .map((field) => `${type?.name}.${field.name}`),
  )
}

/**
 * Puts the permission marks in front of their resolvers, once, on the finished schema: neither the order of decorators nor the
 * executor can get around them.
 * @throws when a root field is unmarked: what nobody decided about is not served
 */
export function guardSchema(schema: GraphQLSchema): GraphQLSchema {
  const unmarked = unmarkedRootFields(schema)
  if (unmarked.length > 0) throw new Error(`root fields without a permission mark: ${unmarked.join(', ')}`)
  const subscriptions = schema.getSubscriptionType()
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type)) continue
    for (const field of Object.values(type.getFields())) {
      const mark = markOf(field)
      if (!mark) continue
      if (type === subscriptions) guardSubscription(field, mark)
      else field.resolve = guarded(field.resolve ?? defaultFieldResolver, mark)
    }
  }
  return schema
}

const guarded =
  (resolve: GraphQLFieldResolver<unknown, Context>, mark: Mark): GraphQLFieldResolver<unknown, Context> =>
  (source, args, context, info) => {
    check(context, mark)
    return resolve(source, args, context, info)
  }

// TypeGraphQL validates the arguments of resolvers, not those of `subscribe`.
function guardSubscription(field: GraphQLField<unknown, Context>, mark: Mark): void {
  const { subscribe } = field
  if (!subscribe) return
  field.subscribe = (source, args, context, info) => {
    check(context, mark)
    const wrong = findUnparsable(args)
    if (wrong.length > 0) throw inputError(wrong)
    return subscribe(source, args, context, info)
  }
}
