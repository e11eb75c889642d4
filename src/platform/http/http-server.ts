import cookie from '@fastify/cookie'
import cors from '@fastify/cors'
import websocket from '@fastify/websocket'
import {
  type FastifyBaseLogger,
  type FastifyError,
  type FastifyInstance,
  type FastifyRequest,
  fastify,
  LogController,
} from 'fastify'
import { handleProtocols } from 'graphql-ws'
import { newId } from '../../kernel/ids.js'
import type { Config } from '../config/config.js'
import type { Logger } from '../observability/logger.js'
import { httpRequestLatencySeconds, httpRequestsTotal, registry } from '../observability/metrics.js'
import { sendProblem } from './problem.js'

const BODY_LIMIT = 512 * 1024
const SOCKET_MESSAGE_LIMIT = 128 * 1024
/** For a client to answer that its socket is closed; what waits for it is held so long. */
const GOODBYE_LIMIT_MS = 10_000

export type HttpServerOptions = Pick<Config, 'allowedOrigins' | 'trustedProxies'> & { readonly log: Logger }

/** Fastify with what every route of ours relies on: request ids, limits, CORS, metrics and one form of refusal. */
export async function createHttpServer({
  allowedOrigins,
  trustedProxies,
  log,
}: HttpServerOptions): Promise<FastifyInstance> {
  const app = fastify({
    loggerInstance: log as FastifyBaseLogger,
    logController: new LogController({ disableRequestLogging: true }),
    genReqId: () => newId(),
    // Nobody writes to a request's own logger; lines name the request themselves.
    childLoggerFactory: (logger) => logger,
    requestIdHeader: false,
    trustProxy: trustedProxies.length > 0 ? [...trustedProxies] : false,
    bodyLimit: BODY_LIMIT,
    connectionTimeout: 60_000,
    // Also for files of 50 MB from a home.
    requestTimeout: 120_000,
    keepAliveTimeout: 65_000,
    routerOptions: { maxParamLength: 300 },
    forceCloseConnections: 'idle',
  })
  app.addHook('onRequest', (request, reply, done) => {
    reply.header('x-request-id', request.id)
    reply.header('x-content-type-options', 'nosniff')
    reply.header('referrer-policy', 'no-referrer')
    done()
  })
  app.addHook('onResponse', (request, reply, done) => {
    const route = request.routeOptions.url ?? 'unmatched'
    httpRequestsTotal.inc({ method: request.method, route, status: reply.statusCode })
    httpRequestLatencySeconds.observe({ method: request.method, route }, reply.elapsedTime / 1_000)
    log.debug(
      {
        requestId: request.id,
        method: request.method,
        route,
        status: reply.statusCode,
        ms: Math.round(reply.elapsedTime),
      },
      'request',
    )
    done()
  })
  await app.register(cors, {
    origin: [...allowedOrigins],
    credentials: true,
    methods: ['GET', 'POST', 'PUT', 'OPTIONS'],
    allowedHeaders: ['content-type', 'authorization', 'apollo-require-preflight', 'x-auth-mode'],
    exposedHeaders: ['x-request-id'],
    maxAge: 600,
    strictPreflight: false,
  })
  await app.register(cookie)
  // Caches must not hand the answer for one origin to another, whether or not this request named one.
  app.addHook('onSend', (_request, reply, payload, done) => {
    addVary(reply.getHeader('vary'), (vary) => void reply.header('vary', vary))
    done(null, payload)
  })
  await app.register(websocket, {
    options: { maxPayload: SOCKET_MESSAGE_LIMIT, closeTimeout: GOODBYE_LIMIT_MS, handleProtocols } as never,
  })
  app.setErrorHandler((error: FastifyError, request, reply) => refuse(error, request, reply, log))
  app.setNotFoundHandler((_request, reply) => sendProblem(reply, 404, 'Not found'))
  app.get('/metrics', async (_request, reply) => reply.type(registry.contentType).send(await registry.metrics()))
  return app
}

function addVary(current: unknown, set: (vary: string) => void): void {
  const names = String(current ?? '')
    .split(',')
    .map((name) => name.trim())
    .filter(Boolean)
  if (!names.some((name) => name.toLowerCase() === 'origin' || name === '*')) set([...names, 'Origin'].join(', '))
}

function refuse(error: FastifyError, request: FastifyRequest, reply: Parameters<typeof sendProblem>[0], log: Logger) {
  const status = error.statusCode && error.statusCode >= 400 && error.statusCode < 500 ? error.statusCode : 500
  if (status === 500) log.error({ err: error, requestId: request.id }, 'a request failed')
  const message =
    status === 500 ? 'Something went wrong on our side. Quote the request id when you report it.' : error.message
  if (!request.url.startsWith('/graphql') || request.url.startsWith('/graphiql'))
    return sendProblem(reply, status, message)
  const code = status === 500 ? 'INTERNAL_SERVER_ERROR' : 'BAD_USER_INPUT'
  return reply
    .code(status)
    .type('application/json; charset=utf-8')
    .send(JSON.stringify({ errors: [{ message, extensions: { code, requestId: request.id } }] }))
}

/** Whether a browser's page at `origin` may open a socket to us. Other programs send no Origin. */
export function isOriginAllowed(
  request: FastifyRequest,
  config: Pick<Config, 'allowedOrigins' | 'publicUrl'>,
): boolean {
  const { origin, host } = request.headers
  if (origin === undefined) return true
  if (config.allowedOrigins.includes(origin) || origin === new URL(config.publicUrl).origin) return true
  return origin === `http://${host}` || origin === `https://${host}`
}
