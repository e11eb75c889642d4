import type { FastifyError, FastifyInstance, FastifyRequest } from 'fastify'
import { sendProblem } from '../../../platform/http/problem.js'
import { webhooksTotal } from '../../../platform/observability/metrics.js'
import type { Platform } from '../../../platform/platform.js'
import { type ProviderEvent, type TellingProvider, WebhookRefusal } from '../payment-provider.js'
import type { PaymentProviders } from '../payment-providers.js'
import type { WebhookInbox } from './webhook-inbox.js'
import { WebhookProblem } from './webhook-problem.js'

const BODY_LIMIT = 64 * 1024

interface WebhookRoutes {
  readonly platform: Pick<Platform, 'clock' | 'log'>
  readonly providers: PaymentProviders
  readonly inbox: WebhookInbox
}

type WebhookCall = FastifyRequest<{ Params: { provider: string } }>

/** `POST /webhooks/payments/:provider`: verify, store, answer. What it means is found out later, by a job. */
export function webhookRoutes({ platform, providers, inbox }: WebhookRoutes): (app: FastifyInstance) => void {
  const adapterOf = (request: WebhookCall): TellingProvider => {
    const adapter = providers.bySlug(request.params.provider)
    if (!adapter) throw new WebhookProblem(404, 'No payment provider of this name is configured here.')
    return adapter
  }

  async function scope(app: FastifyInstance): Promise<void> {
    // Signatures are over the bytes as they came, whatever their type is said to be.
    app.removeAllContentTypeParsers()
    app.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit: BODY_LIMIT }, (_request, body, done) =>
      done(null, body),
    )

    app.setErrorHandler((error: FastifyError | WebhookProblem | WebhookRefusal, request, reply) => {
      const provider = providers.bySlug((request as WebhookCall).params.provider)?.name ?? 'unknown'
      const problem = problemOf(error)
      webhooksTotal.inc({ provider, answer: problem.status === 503 ? 'failed' : 'refused' })
      if (problem.status === 503) platform.log.error({ err: error, provider }, 'a webhook could not be stored')
      return sendProblem(reply, problem.status, problem.message)
    })

    app.post<{ Params: { provider: string } }>(
      '/webhooks/payments/:provider',
      { onRequest: async (request) => void adapterOf(request) },
      async (request, reply) => {
        const adapter = adapterOf(request)
        const rawBody = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0)
        const event = readEvent(adapter, rawBody)
        adapter.verifyWebhook({ headers: request.headers, rawBody, ip: request.ip, now: platform.clock.now() })
        const answer = await inbox.store(adapter.name, event, rawBody)
        webhooksTotal.inc({ provider: adapter.name, answer })
        return reply.code(200).send({ received: true })
      },
    )
  }

  return (app) => void app.register(scope)
}

function readEvent(adapter: TellingProvider, rawBody: Buffer): ProviderEvent {
  const text = rawBody.toString()
  let body: unknown
  try {
    body = JSON.parse(text)
  } catch {
    throw new WebhookProblem(400, 'The body is not JSON.')
  }
  // The database keeps JSON, but no NUL in it.
  const event = text.includes('\\u0000') ? null : adapter.readEvent(body)
  if (!event) throw new WebhookProblem(400, 'The body is not an event of this provider.')
  return event
}

/** Everything unforeseen is ours to mend, and the provider is to repeat. */
function problemOf(error: FastifyError | WebhookProblem | WebhookRefusal): WebhookProblem {
  if (error instanceof WebhookProblem) return error
  if (error instanceof WebhookRefusal) return new WebhookProblem(error.status, error.message)
  if (error.statusCode === 413) return new WebhookProblem(413, `A webhook has at most ${BODY_LIMIT} bytes.`)
  if (error.statusCode !== undefined && error.statusCode < 500)
    return new WebhookProblem(400, 'The request cannot be read.')
  return new WebhookProblem(503, 'The webhook could not be stored. Send it again.')
}
