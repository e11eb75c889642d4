import type { onSendHookHandler } from 'fastify'

interface Refused {
  readonly errors?: readonly { readonly extensions?: Readonly<Record<string, unknown>> }[]
}

/** Puts the request id into the errors of what was refused before there was an operation: Apollo words those without knowing it. */
export const nameRequest: onSendHookHandler = (request, reply, payload, done) => {
  const isNamed = reply.statusCode < 400 || typeof payload !== 'string' || payload.includes('"requestId"')
  done(null, isNamed ? payload : named(payload, request.id))
}

function named(payload: string, requestId: string): string {
  const { errors, ...rest } = JSON.parse(payload) as Refused
  if (!errors) return payload
  return JSON.stringify({
    ...rest,
    errors: errors.map((error) => ({ ...error, extensions: { ...error.extensions, requestId } })),
  })
}
