import type { FastifyRequest } from 'fastify'

/** Who makes a request, as far as it is known without asking who they are. */
export interface Caller {
  readonly requestId: string
  readonly ip: string
  readonly userAgent: string | null
}

export const callerOf = ({ id, ip, headers }: FastifyRequest): Caller => ({
  requestId: id,
  ip,
  userAgent: headers['user-agent']?.slice(0, 300) ?? null,
})
