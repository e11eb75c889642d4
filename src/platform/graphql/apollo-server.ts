import { ApolloServer, type ApolloServerPlugin, type GraphQLRequestListener, HeaderMap } from '@apollo/server'
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginLandingPageDisabled,
  ApolloServerPluginUsageReportingDisabled,
} from '@apollo/server/plugin/disabled'
import { GraphQLError, type GraphQLSchema, Kind, type OperationDefinitionNode } from 'graphql'
import { DomainError } from '../../kernel/domain-error.js'
import type { Logger } from '../observability/logger.js'
import { graphqlOperationsTotal } from '../observability/metrics.js'
import { isFault, rootCause, toClientError } from './client-error.js'
import type { Context } from './context.js'
import { hybridExecutor } from './hybrid-executor.js'
import type { ChargeOperation } from './operation-limits.js'
import { limitRules, parseLimits } from './query-limits.js'

export interface GraphqlServerOptions {
  readonly schema: GraphQLSchema
  readonly isProduction: boolean
  readonly log: Logger
  readonly charge: ChargeOperation
}

/** Apollo Server over the hybrid executor. cacheControl stays off: it would wrap every field and blind the compiler. */
export function createApolloServer({ schema, isProduction, log, charge }: GraphqlServerOptions): ApolloServer<Context> {
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
      // Its page runs another company's script at our own origin, where the refresh token's cookie is.
      ApolloServerPluginLandingPageDisabled(),
      answerAndCount(isProduction),
      chargeFirst(charge),
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

/** Nothing runs that its caller has no points left for: HTTP 429, with `retry-after`. */
const chargeFirst = (charge: ChargeOperation): ApolloServerPlugin<Context> => {
  const listener: GraphQLRequestListener<Context> = {
    async didResolveOperation({ contextValue, document, operation, request }) {
      try {
        if (operation) await charge(contextValue, document, operation, request.variables ?? {})
      } catch (error) {
        if (!(error instanceof DomainError)) throw error
        const headers = new HeaderMap([['retry-after', String(error.retryAfter ?? 1)]])
        // Another package of ours declares this extension to be something else.
        const extensions = { http: { status: 429, headers } } as never
        throw new GraphQLError(error.message, { originalError: error, extensions })
      }
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
