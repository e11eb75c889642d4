import type { ApolloServer } from '@apollo/server'
import { fastifyApolloHandler } from '@as-integrations/fastify'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { GraphQLSchema } from 'graphql'
import type { Clock } from '../../kernel/clock.js'
import { DomainError } from '../../kernel/domain-error.js'
import { type Authenticated, type Viewer, visitor } from '../../kernel/viewer.js'
import type { Config } from '../config/config.js'
import { isOriginAllowed } from '../http/http-server.js'
import { sendProblem } from '../http/problem.js'
import type { RateLimits } from '../limits/rate-limits.js'
import type { Logger } from '../observability/logger.js'
import { createApolloServer } from './apollo-server.js'
import { type BrowserCookies, browserCookies } from './browser-cookies.js'
import { type Caller, callerOf } from './caller.js'
import type { Context, ResolverContainer } from './context.js'
import { nameRequest } from './name-request.js'
import { OperationContext } from './operation-context.js'
import { chargeOperations } from './operation-limits.js'
import { createSocketHandler } from './socket-handler.js'
import type { WatchSession } from './socket-sessions.js'

export interface GraphqlRoutesOptions {
  readonly schema: GraphQLSchema
  readonly config: Config
  readonly log: Logger
  readonly clock: Clock
  readonly container: ResolverContainer
  /** Who holds this token, and until when. @throws UNAUTHENTICATED */
  readonly authenticate: (authorization: string | undefined) => Promise<Authenticated>
  readonly watchSession: WatchSession
  readonly limits: RateLimits
}

/** `/graphql`: queries and mutations by POST, queries by GET, and the socket for subscriptions, all on one path. */
export async function registerGraphql(
  app: FastifyInstance,
  options: GraphqlRoutesOptions,
): Promise<ApolloServer<Context>> {
  const { schema, config, log, container, authenticate, limits } = options
  const isProduction = config.environment === 'production'
  const charge = chargeOperations(schema, limits, config.rateLimitCost)
  const apollo = createApolloServer({ schema, isProduction, log, charge })
  await apollo.start()

  // A bad token makes a visitor: what is open stays open (one can still log in), what is guarded answers UNAUTHENTICATED.
  const identify = async (authorization: string | undefined): Promise<Authenticated> => {
    try {
      return await authenticate(authorization)
    } catch (error) {
      if (error instanceof DomainError) return { viewer: visitor, expiresAt: null }
      throw error
    }
  }

  const contextFor = (caller: Caller, viewer: Viewer, cookies: BrowserCookies | null = null): Context =>
    new OperationContext(viewer, caller.requestId, caller.ip, caller.userAgent, cookies, container, log)

  const handle = fastifyApolloHandler(apollo, {
    context: async (request, reply) => {
      try {
        const { viewer } = await identify(request.headers.authorization)
        return contextFor(callerOf(request), viewer, browserCookies(request, reply, config))
      } catch (error) {
        log.error({ err: error, requestId: request.id }, 'an operation could not begin')
        throw error
      }
    },
  })
  app.route({ method: 'POST', url: '/graphql', handler: handle as never, onSend: nameRequest })
  app.route({
    method: 'GET',
    url: '/graphql',
    handler: handle as never,
    onSend: nameRequest,
    wsHandler: createSocketHandler({
      ...options,
      isProduction,
      identify,
      contextFor,
      charge,
      socketLimits: config.socketLimits,
    }) as never,
    onRequest: async (request: FastifyRequest, reply: FastifyReply) => {
      const isSocket = request.headers.upgrade?.toLowerCase() === 'websocket'
      if (isSocket && !isOriginAllowed(request, config))
        return sendProblem(reply, 403, 'This origin may not open a socket')
      return undefined
    },
  })
  app.addHook('onClose', () => apollo.stop())
  return apollo
}
