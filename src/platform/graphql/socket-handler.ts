import type { ServerResponse } from 'node:http'
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
import { makeServer } from 'graphql-ws'
import { LRUCache } from 'lru-cache'
import type { WebSocket } from 'ws'
import type { Clock } from '../../kernel/clock.js'
import { DomainError } from '../../kernel/domain-error.js'
import type { Authenticated, Viewer } from '../../kernel/viewer.js'
import type { Logger } from '../observability/logger.js'
import { graphqlOperationsTotal } from '../observability/metrics.js'
import { rootFieldsOf } from './apollo-server.js'
import { type Caller, callerOf } from './caller.js'
import { isFault, rootCause, toClientError } from './client-error.js'
import type { Context } from './context.js'
import { deliveredResults } from './delivered-results.js'
import type { ChargeOperation } from './operation-limits.js'
import { limitRules, parseLimits } from './query-limits.js'
import { sharedSubscribe } from './shared-executions.js'
import { SocketClosing } from './socket-closing.js'
import { type SocketLimits, SocketPlaces } from './socket-places.js'
import { SocketSessions, type WatchSession } from './socket-sessions.js'
import { openTransport, type SocketExtra } from './socket-transport.js'

const INTRODUCTION_LIMIT_MS = 10_000
const MAX_OPERATIONS = 100

interface Extra extends SocketExtra {
  sessions?: SocketSessions
  freeAccount?: () => void
  isClosed?: true
}

export interface SocketOptions {
  readonly schema: GraphQLSchema
  readonly isProduction: boolean
  readonly log: Logger
  readonly clock: Clock
  /** Who asks, judged anew for every operation: a socket outlives tokens. Whoever has a bad one is a visitor. */
  readonly identify: (authorization: string | undefined) => Promise<Authenticated>
  readonly contextFor: (caller: Caller, viewer: Viewer) => Context
  readonly watchSession: WatchSession
  readonly charge: ChargeOperation
  readonly socketLimits: SocketLimits
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
  socketLimits,
}: SocketOptions): (socket: WebSocket, request: FastifyRequest) => void {
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

  const places = new SocketPlaces(socketLimits)
  const protocol = makeServer<Record<string, unknown>, Extra>({
    connectionInitWaitTimeout: INTRODUCTION_LIMIT_MS,
    subscribe: sharedSubscribe() as never,
    async onConnect({ extra, connectionParams }) {
      extra.sessions = new SocketSessions(watchSession, clock, extra.close)
      try {
        const who = await identify(authorizationOf(connectionParams, undefined))
        if (!takePlace(extra, who)) return extra.close(...SocketClosing.tooMany)
        await extra.sessions.join(who)
      } catch (error) {
        // Each operation asks again, and tells its client what is wrong.
        log.debug({ err: error }, 'the session of a socket could not be watched')
      }
    },
    onClose({ extra }) {
      extra.isClosed = true
      extra.sessions?.leave()
      extra.freeAccount?.()
    },
    async onSubscribe(socket, _id, { query, operationName, variables, extensions }) {
      try {
        if (Object.keys(socket.subscriptions).length > MAX_OPERATIONS) throw tooManyOperations()
        const document = documentOf(query)
        if (!('kind' in document)) return document
        const operation = getOperationAST(document, operationName)
        if (!operation) return [new GraphQLError('There is no operation of that name.')]
        const who = await identify(authorizationOf(socket.connectionParams, extensions))
        const context = contextFor(socket.extra.caller, who.viewer)
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
      if (!(Symbol.asyncIterator in result) || !extra.sessions) return undefined
      return deliveredResults(result as AsyncIterableIterator<ExecutionResult>, extra.sessions, field)
    },
    onNext: (_socket, _id, _payload, { contextValue }, result) =>
      // What goes out is the formatted form; the type knows only the error objects.
      result.errors
        ? ({ ...result, errors: clientErrors(result.errors, (contextValue as Context).requestId) } as never)
        : undefined,
    onError: ({ extra }, _id, _payload, errors) => clientErrors(errors, extra.caller.requestId),
  })

  function takePlace(extra: Extra, { viewer }: Authenticated): boolean {
    if (viewer.kind === 'visitor' || extra.isClosed) return true
    const free = places.takeFor({ userId: viewer.userId })
    if (free) extra.freeAccount = free
    return free !== null
  }

  function clientErrors(errors: readonly unknown[], requestId: string) {
    for (const error of errors)
      if (isFault(error)) log.error({ err: rootCause(error), requestId }, 'an operation on a socket failed')
    return errors.map((error) => toClientError(error, { requestId, isProduction }))
  }

  return (socket, request) => {
    const caller = callerOf(request)
    const free = places.takeFor(caller)
    if (!free) return socket.close(...SocketClosing.tooMany)
    socket.once('close', free)
    letGo(socket, request)
    openTransport(protocol, socket, caller, log)
  }
}

/**
 * Of the request, its reply and what hangs on them nothing is needed once the socket is open, and all of it would stay as long as the socket,
 * which would end as a request that took hours.
 */
function letGo(socket: WebSocket, { raw }: FastifyRequest): void {
  // The plugin's, which holds the request and logs what clients break as our errors. The transport listens itself.
  socket.removeAllListeners('error')
  const { _httpMessage: response } = raw.socket as typeof raw.socket & { _httpMessage?: ServerResponse | null }
  response?.detachSocket(raw.socket)
}

const tooManyOperations = () =>
  new DomainError('RATE_LIMITED', `A socket carries ${MAX_OPERATIONS} operations at once. Complete some first.`, {
    retryAfter: 1,
  })

const asGraphqlError = (error: unknown): GraphQLError =>
  error instanceof GraphQLError ? error : new GraphQLError(String(error), { originalError: error as Error })
