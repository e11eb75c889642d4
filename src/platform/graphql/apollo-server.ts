import { ApolloServer, type ApolloServerPlugin, type GraphQLRequestListener } from '@apollo/server'
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
    // Apollo's own puts a line break at the end, for which every answer is copied.
    stringifyResult: (result) => JSON.stringify(result),
    // Failures before an operation exists: a body that is not a request, a missing preflight header, a lost database.
    formatError: (_formatted, error) => toClientError(error, { isProduction }),
    plugins: [
      ApolloServerPluginCacheControlDisabled(),
      ApolloServerPluginUsageReportingDisabled(),
      answerAndCount(isProduction),
    ],
    logger: log as never,
  })
}

/** Gives the errors of an operation their one form, with its request id, logs faults once, and counts what was answered. */
const answerAndCount = (isProduction: boolean): ApolloServerPlugin<Context> => {
  const listener: GraphQLRequestListener<Context> = {
    async willSendResponse({ operation, response, errors, contextValue }) {
      if (response.body.kind !== 'single') return
      const { singleResult } = response.body
      if (errors) {
        for (const error of errors)
          if (isFault(error)) contextValue.log.error({ err: rootCause(error), path: error.path }, 'an operation failed')
        const { requestId } = contextValue
        singleResult.errors = errors.map((error) => toClientError(error, { requestId, isProduction }))
      }
      if (operation) count(operation, String(singleResult.errors?.[0]?.extensions?.code ?? 'ok'))
    },
  }
  return { requestDidStart: async () => listener }
}

/** The names of an operation's root fields: those of the schema, so metrics stay bounded. */
export const rootFieldsOf = (operation: OperationDefinitionNode): string[] =>
  operation.selectionSet.selections.flatMap((node) => (node.kind === Kind.FIELD ? [node.name.value] : []))

function count(operation: OperationDefinitionNode, outcome: string): void {
  for (const field of new Set(rootFieldsOf(operation)))
    graphqlOperationsTotal.inc({ field, kind: operation.operation, outcome })
}
