import type { FastifyReply } from 'fastify'

const TITLES = {
  400: 'Malformed webhook',
  401: 'Unproven sender',
  403: 'Foreign sender',
  404: 'Unknown provider',
  413: 'Webhook too large',
  503: 'Webhook not stored',
} as const

export type ProblemStatus = keyof typeof TITLES

/** Why a webhook is not accepted. Its message is shown to the sender. */
export class WebhookProblem extends Error {
  override readonly name = 'WebhookProblem'

  constructor(
    readonly status: ProblemStatus,
    message: string,
  ) {
    super(message)
  }
}

/** Answers as RFC 9457 says. */
export function sendProblem(reply: FastifyReply, { status, message }: Pick<WebhookProblem, 'status' | 'message'>): FastifyReply {
  return reply
    .code(status)
    .header('content-type', 'application/problem+json')
    .send(JSON.stringify({ type: 'about:blank', title: TITLES[status], status, detail: message }))
}
