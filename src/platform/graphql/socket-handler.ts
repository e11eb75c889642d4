import type { WebsocketHandler } from '@fastify/websocket'
import type { FastifyRequest } from 'fastify'
import {
  type DocumentNode,
  type ExecutionResult,
  GraphQLError,
  type GraphQLSchema,
  getOperationAST,
  parse,
  specifiedRules,
  validate,
} from 'graphql'
import { makeHandler } from 'graphql-ws/use/@fastify/websocket'
import { LRUCache } from 'lru-cache'
import type { Clock } from '../../kernel/clock.js'
import type { Authenticated, Viewer } from '../../kernel/viewer.js'
import type { Logger } from '../observability/logger.js'
import { graphqlOperationsTotal } from '../observability/metrics.js'
import { rootFieldsOf } from './apollo-server.js'
import { isFault, rootCause, toClientError } from './client-error.js'
import type { Context } from './context.js'
import { counted } from './counted-subscription.js'
import { heardResults } from './heard-results.js'
import type { ChargeOperation } from './operation-limits.js'
import { limitRules, parseLimits } from './query-limits.js'
import { SocketSessions, type WatchSession } from './socket-sessions.js'

const KEEP_ALIVE_MS = 12_000

export interface SocketOptions {
  readonly schema: GraphQLSchema
  readonly isProduction: boolean
  readonly log: Logger
  readonly clock: Clock
  /** Who asks, judged anew for every operation: a socket outlives tokens. Whoever has a bad one is a visitor. */
  readonly identify: (authorization: string | undefined) => Promise<Authenticated>
  readonly contextFor: (request: FastifyRequest, viewer: Viewer) => Context
  readonly watchSession: WatchSession
  readonly charge: ChargeOperation
}

const text = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined)

/** The token of an operation: GraphiQL puts its headers into each message, other clients theirs into the connection. */
function authorizationOf(connectionParams: unknown, extensions: unknown): string | undefined {
  const headers = (extensions as { headers?: Record<string, unknown> } | null | undefined)?.headers ?? {}
  const fromMessage = Object.entries(headers).find(([name]) => name.toLowerCase() === 'authorization')?.[1]
  const params = (connectionParams ?? {}) as Record<string, unknown>
  return text(fromMessage) ?? text(params.authorization) ?? text(params.Authorization)
}

/** The graphql-transport-ws protocol at the GraphQL endpoint, under the same limits and with the same errors as HTTP. */
export function createSocketHandler({
  schema,
  isProduction,
  log,
  clock,
  identify,
  contextFor,
  watchSession,
  charge,
}: SocketOptions): WebsocketHandler {
  const documents = new LRUCache<string, DocumentNode>({
    max: 500,
    maxSize: 5_000_000,
    sizeCalculation: (_, source) => source.length + 1,
  })

  const documentOf = (source: string): DocumentNode | readonly GraphQLError[] => {
    const known = documents.get(source)
    if (known) return known
    let document: DocumentNode
    try {
      document = parse(source, parseLimits)
    } catch (error) {
      return [error as GraphQLError]
    }
    const errors = validate(schema, document, [...specifiedRules, ...limitRules])
    if (errors.length > 0) return errors
    documents.set(source, document)
    return document
  }

  const handle = makeHandler<Record<string, unknown>, { sessions?: SocketSessions }>(
    {
      isProd: isProduction,
      connectionInitWaitTimeout: 10_000,
      async onConnect({ extra, connectionParams }) {
        extra.sessions = new SocketSessions(watchSession, clock, (code, reason) => extra.socket.close(code, reason))
        try {
          await extra.sessions.join(await identify(authorizationOf(connectionParams, undefined)))
        } catch (error) {
          // Each operation asks again, and tells its client what is wrong.
          log.debug({ err: error }, 'the session of a socket could not be watched')
        }
      },
      onClose: ({ extra }) => extra.sessions?.leave(),
      async onSubscribe(socket, _id, { query, operationName, variables, extensions }) {
        try {
          const document = documentOf(query)
          if (!('kind' in document)) return document
          const operation = getOperationAST(document, operationName)
          if (!operation) return [new GraphQLError('There is no operation of that name.')]
          const who = await identify(authorizationOf(socket.connectionParams, extensions))
          const context = contextFor(socket.extra.request, who.viewer)
          await charge(context, document, operation, variables ?? {})
          await socket.extra.sessions?.join(who)
          return {
            schema,
            document,
            operationName: operationName ?? null,
            variableValues: variables ?? null,
            contextValue: context,
          }
        } catch (error) {
          // Thrown from here it would close the socket under every other operation.
          return [asGraphqlError(error)]
        }
      },
      onOperation({ extra }, _id, _payload, { document, operationName }, result) {
        const operation = getOperationAST(document, operationName)
        const [field = 'unknown'] = operation ? rootFieldsOf(operation) : []
        const kind = operation?.operation ?? 'query'
        const [error] = ('errors' in result ? result.errors : undefined) ?? []
        const outcome = error ? String(toClientError(error, { isProduction }).extensions?.code) : 'ok'
        graphqlOperationsTotal.inc({ field, kind, outcome })
        if (!(Symbol.asyncIterator in result)) return undefined
        const results = counted(result as AsyncGenerator<ExecutionResult>, field)
        return extra.sessions ? heardResults(results, extra.sessions) : results
      },
      onNext: (_socket, _id, _payload, { contextValue }, result) =>
        // What goes out is the formatted form; the type knows only the error objects.
        result.errors
          ? ({ ...result, errors: clientErrors(result.errors, (contextValue as Context).requestId) } as never)
          : undefined,
      onError: ({ extra }, _id, _payload, errors) => clientErrors(errors, extra.request.id),
    },
    KEEP_ALIVE_MS,
  )

  function clientErrors(errors: readonly unknown[], requestId: string) {
    for (const error of errors)
      if (isFault(error)) log.error({ err: rootCause(error), requestId }, 'an operation on a socket failed')
    return errors.map((error) => toClientError(error, { requestId, isProduction }))
  }

  return function openSocket(socket, request) {
    const before = new Set(socket.listeners('error'))
    void handle.call(this, socket, request)
    // graphql-ws prints what a client did wrong, with a stack, to the console; ws itself closes the socket with its code.
    for (const listener of socket.listeners('error'))
      if (!before.has(listener)) socket.off('error', listener as (error: Error) => void)
    socket.on('error', (error) => log.debug({ err: error, requestId: request.id }, 'a socket broke'))
  }
}

const asGraphqlError = (error: unknown): GraphQLError =>
  error instanceof GraphQLError ? error : new GraphQLError(String(error), { originalError: error as Error })
