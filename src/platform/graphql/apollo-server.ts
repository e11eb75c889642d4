import { ApolloServer, type ApolloServerPlugin } from '@apollo/server'
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginUsageReportingDisabled,
} from '@apollo/server/plugin/disabled'
import { type GraphQLSchema, Kind, type OperationDefinitionNode } from 'graphql'
import type { Logger } from '../observability/logger.js'
import { graphqlOperationsTotal } from '../observability/metrics.js'
import { isFault, rootCause, toClientError } from './client-error.js'
import type { Context } from './context.js'
import { hybridExecutor } from './hybrid-executor.js'
import { limitRules, parseLimits } from './query-limits.js'

export interface GraphqlServerOptions {
  readonly schema: GraphQLSchema
  readonly isProduction: boolean
  readonly log: Logger
}

/** Apollo Server over the hybrid executor. cacheControl stays off: it would wrap every field and blind the compiler. */
export function createApolloServer({ schema, isProduction, log }: GraphqlServerOptions): ApolloServer<Context> {
  const execute = hybridExecutor(schema)
  return new ApolloServer<Context>({
    gateway: {
      load: async () => ({
        executor: ({ document, request, context }) =>
          execute({
            document,
            operationName: request.operationName || undefined,
            variables: request.variables ?? {},
            context: context as Context,
          }) as never,
      }),
      onSchemaLoadOrUpdate(listen) {
        listen({ apiSchema: schema, coreSupergraphSdl: '' })
        return () => undefined
      },
      stop: async () => undefined,
    },
    introspection: true,
    includeStacktraceInErrorResponses: false,
    hideSchemaDetailsFromClientErrors: isProduction,
    validationRules: [...limitRules],
    parseOptions: parseLimits,
    stopOnTerminationSignals: false,
    // Failures before an operation exists: a body that is not a request, a missing preflight header, a lost database.
    formatError: (_formatted, error) => toClientError(error, { isProduction }),
    plugins: [
      ApolloServerPluginCacheControlDisabled(),
      ApolloServerPluginUsageReportingDisabled(),
      answerErrors(isProduction),
      countOperations,
    ],
    logger: log as never,
  })
}

/** Gives the errors of an operation their one form, with its request id, and logs faults once. */
const answerErrors = (isProduction: boolean): ApolloServerPlugin<Context> => ({
  requestDidStart: async () => ({
    async willSendResponse({ response, errors, contextValue }) {
      if (!errors || response.body.kind !== 'single') return
      for (const error of errors)
        if (isFault(error)) contextValue.log.error({ err: rootCause(error), path: error.path }, 'an operation failed')
      const { requestId } = contextValue
      response.body.singleResult.errors = errors.map((error) => toClientError(error, { requestId, isProduction }))
    },
  }),
})

/** The names of an operation's root fields: those of the schema, so metrics stay bounded. */
export const rootFieldsOf = (operation: OperationDefinitionNode): string[] =>
  operation.selectionSet.selections.flatMap((node) => (node.kind === Kind.FIELD ? [node.name.value] : []))

const countOperations: ApolloServerPlugin<Context> = {
  requestDidStart: async () => ({
    async willSendResponse({ operation, response }) {
      if (!operation) return
      const errors = response.body.kind === 'single' ? response.body.singleResult.errors : undefined
      const outcome = String(errors?.[0]?.extensions?.code ?? 'ok')
      for (const field of new Set(rootFieldsOf(operation)))
        graphqlOperationsTotal.inc({ field, kind: operation.operation, outcome })
    },
  }),
}
