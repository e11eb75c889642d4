import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { SandboxPayment } from '../../../generated/prisma/client.js'
import { isId } from '../../../kernel/ids.js'
import { acceptForms, formFields } from '../../../platform/http/form-page.js'
import type { Platform } from '../../../platform/platform.js'
import type { SandboxBooks } from './sandbox-books.js'
import { deliveryFrom, type SandboxDelivery } from './sandbox-delivery.js'
import { sandboxExpiry } from './sandbox-expiry.js'
import type { SandboxLinks } from './sandbox-links.js'
import { checkoutPage, resultPage, sandboxPageHeaders, unknownPage } from './sandbox-page.js'

const FORM_LIMIT = 4 * 1024

interface CheckoutRoutes {
  readonly platform: Pick<Platform, 'clock'>
  readonly books: SandboxBooks
  readonly links: SandboxLinks
}

type CheckoutCall = FastifyRequest<{ Params: { id: string; token: string } }>

/**
 * The sandbox's checkout page. It needs no session, and so no protection against forged requests from other sites: knowing the address is
 * the right to pay.
 */
export function sandboxCheckoutRoutes({ platform, books, links }: CheckoutRoutes): (app: FastifyInstance) => void {
  const find = async ({ params: { id, token } }: CheckoutCall): Promise<SandboxPayment | null> =>
    isId(id) && links.isToken(id, token) ? books.find(id) : null

  const isOver = ({ status, createdAt }: SandboxPayment): boolean =>
    status !== 'PENDING' || sandboxExpiry(createdAt) <= platform.clock.now()

  const form = (payment: SandboxPayment, problem?: string): string => {
    const path = new URL(links.checkoutUrl(payment.id)).pathname
    return checkoutPage({
      payment,
      path,
      until: sandboxExpiry(payment.createdAt),
      ...(problem !== undefined && { problem }),
    })
  }

  async function act(
    payment: SandboxPayment,
    action: string | null,
    delivery: SandboxDelivery,
  ): Promise<string | null> {
    if (action === 'later')
      return resultPage({
        payment,
        title: 'Not paid yet',
        tone: 'neutral',
        text: 'Come back to this page when you want to pay.',
      })
    if (action !== 'pay' && action !== 'decline') return null
    await books.finish(payment.id, action === 'pay' ? 'SUCCEEDED' : 'CANCELED', delivery)
    return stateOf(await books.read(payment.id))
  }

  async function scope(app: FastifyInstance): Promise<void> {
    acceptForms(app, FORM_LIMIT)
    const url = '/sandbox/checkout/:id/:token'

    app.get<{ Params: { id: string; token: string } }>(url, async (request, reply) => {
      const payment = await find(request)
      if (!payment) return show(reply, 404, unknownPage())
      return show(reply, 200, isOver(payment) ? stateOf(payment) : form(payment))
    })

    app.post<{ Params: { id: string; token: string } }>(url, async (request, reply) => {
      const payment = await find(request)
      if (!payment) return show(reply, 404, unknownPage())
      if (isOver(payment)) return show(reply, 200, stateOf(payment))
      const fields = formFields(request.body)
      const delivery = deliveryFrom(fields)
      if (typeof delivery === 'string') return show(reply, 400, form(payment, delivery))
      const answer = await act(payment, fields.get('action'), delivery)
      return answer === null
        ? show(reply, 400, form(payment, 'Choose what to do: pay, decline or pay later.'))
        : show(reply, 200, answer)
    })
  }

  return (app) => void app.register(scope)
}

const show = (reply: FastifyReply, status: number, page: string): FastifyReply =>
  reply.code(status).headers(sandboxPageHeaders).send(page)

function stateOf(payment: SandboxPayment): string {
  switch (payment.status) {
    case 'SUCCEEDED':
      return resultPage({ payment, title: 'Paid', tone: 'good', text: 'Thank you. You can close this page.' })
    case 'CANCELED':
      return resultPage({
        payment,
        title: 'Not paid',
        tone: 'bad',
        text: 'This payment was declined or canceled. Nothing was taken.',
      })
    case 'PENDING':
      return resultPage({
        payment,
        title: 'Too late',
        tone: 'bad',
        text: 'The time to pay ran out. Nothing was taken.',
      })
  }
}
