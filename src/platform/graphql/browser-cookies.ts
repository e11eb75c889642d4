import '@fastify/cookie'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Config } from '../config/config.js'
import { isOriginAllowed } from '../http/http-server.js'

/** What a browser keeps for us where its scripts cannot read it. */
export interface BrowserCookies {
  get(name: string): string | null
  set(name: string, value: string, lifetimeSeconds: number): void
  clear(name: string): void
}

/**
 * The cookies of a caller that asked for them with `X-Auth-Mode: cookie`; null for every other. No page of another site can send
 * that header without our CORS answer allowing it, and SameSite=Strict keeps the cookie itself from coming along.
 */
export function browserCookies(
  request: FastifyRequest,
  reply: FastifyReply,
  config: Pick<Config, 'allowedOrigins' | 'publicUrl'>,
): BrowserCookies | null {
  if (request.headers['x-auth-mode'] !== 'cookie' || !isOriginAllowed(request, config)) return null
  const secure = config.publicUrl.startsWith('https:')
  const options = { path: '/graphql', httpOnly: true, sameSite: 'strict', secure } as const
  return {
    get: (name) => request.cookies[name] ?? null,
    set: (name, value, maxAge) => void reply.setCookie(name, value, { ...options, maxAge }),
    clear: (name) => void reply.clearCookie(name, options),
  }
}
