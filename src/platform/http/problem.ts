import type { FastifyReply } from 'fastify'

/** Answers with a problem document (RFC 9457): what plain HTTP routes say when they refuse. */
export const sendProblem = (reply: FastifyReply, status: number, title: string, detail?: string): FastifyReply =>
  reply
    .code(status)
    .type('application/problem+json')
    .send(JSON.stringify({ type: 'about:blank', title, status, ...(detail && { detail }) }))
