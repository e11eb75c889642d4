import type { FastifyInstance, FastifyReply } from 'fastify'
import { DomainError } from '../../kernel/domain-error.js'
import { acceptForms, formFields } from '../../platform/http/form-page.js'
import { RENEWAL_PATH, RENEWED_PATH, type RenewalLinks } from './renewal-link.js'
import type { RenewalOutcomeQuery } from './renewal-outcome.query.js'
import {
  awaitedPage,
  nothingToRenewPage,
  notOursPage,
  notPaidPage,
  renewalPage,
  renewalPageHeaders,
  renewedPage,
  tooManyPage,
  unavailablePage,
} from './renewal-page.js'
import type { RenewalPayment } from './renewal-payment.service.js'

const FORM_LIMIT = 4 * 1024

/**
 * The page that letters about renewals lead to. It needs no session, and so no protection against forged requests from other sites: knowing
 * the token is the right to pay. Opening it only looks, because mail scanners open links too.
 */
export function renewalRoutes(
  links: RenewalLinks,
  renewals: RenewalPayment,
  outcomes: RenewalOutcomeQuery,
): (app: FastifyInstance) => void {
  async function show(reply: FastifyReply, token: string): Promise<FastifyReply> {
    const link = links.read(token)
    if (!link) return answer(reply, 404, notOursPage())
    const offer = await renewals.offered(link)
    if (offer) return answer(reply, 200, renewalPage(offer, links.formPath, token))
    const renewed = await outcomes.ofPlan(link)
    return renewed
      ? answer(reply, 200, renewedPage(renewed.offer, renewed.paidUntil))
      : answer(reply, 410, nothingToRenewPage())
  }

  async function outcome(reply: FastifyReply, token: string): Promise<FastifyReply> {
    const purchaseId = links.readRenewed(token)
    if (!purchaseId) return answer(reply, 404, notOursPage())
    const found = await outcomes.ofPurchase(purchaseId)
    if (found === 'awaited') return answer(reply, 200, awaitedPage(links.renewedUrl(purchaseId)))
    return answer(reply, 200, found === 'not-paid' ? notPaidPage() : renewedPage(found.offer, found.paidUntil))
  }

  async function pay(reply: FastifyReply, token: string): Promise<FastifyReply> {
    const link = links.read(token)
    if (!link) return answer(reply, 404, notOursPage())
    if (!(await renewals.offered(link))) return answer(reply, 410, nothingToRenewPage())
    const url = await renewals.pay(link)
    return url ? reply.headers(renewalPageHeaders).redirect(url, 303) : show(reply, token)
  }

  const scope = async (app: FastifyInstance): Promise<void> => {
    acceptForms(app, FORM_LIMIT)
    app.get<{ Querystring: { token?: unknown } }>(RENEWAL_PATH, (request, reply) =>
      show(reply, String(request.query.token)),
    )
    app.get<{ Querystring: { token?: unknown } }>(RENEWED_PATH, (request, reply) =>
      outcome(reply, String(request.query.token)),
    )
    app.post(RENEWAL_PATH, (request, reply) =>
      pay(reply, formFields(request.body).get('token') ?? '').catch((error: unknown) => refused(reply, error)),
    )
  }
  return (app) => void app.register(scope)
}

const answer = (reply: FastifyReply, status: number, page: string): FastifyReply =>
  reply.code(status).headers(renewalPageHeaders).send(page)

function refused(reply: FastifyReply, error: unknown): FastifyReply {
  if (!(error instanceof DomainError)) throw error
  if (error.code === 'RATE_LIMITED')
    return answer(reply.header('retry-after', error.retryAfter ?? 60), 429, tooManyPage())
  const isOver = error.code === 'INVALID_TRANSITION' || error.code === 'NOT_FOUND'
  return isOver ? answer(reply, 410, nothingToRenewPage()) : answer(reply, 503, unavailablePage())
}
