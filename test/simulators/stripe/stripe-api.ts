import type { z } from 'zod'
import type { Answer, Call } from '../simulator-server.js'
import { parseForm } from './form-body.js'
import { requestShapes, shaped } from './request-shapes.js'
import type { StripeIntents } from './stripe-intents.js'
import type { StripeObject } from './stripe-objects.js'
import { conflict, StripeProblem } from './stripe-problem.js'
import type { StripeRefunds } from './stripe-refunds.js'
import type { StripeSessions } from './stripe-sessions.js'

export interface StripeBooks {
  readonly sessions: StripeSessions
  readonly intents: StripeIntents
  readonly refunds: StripeRefunds
}

type Route = readonly [request: RegExp, work: (fields: unknown, id: string) => unknown]

/** The part of the API that is played: `POST /v1/checkout/sessions` and the like. */
export class StripeApi {
  private readonly routes: readonly Route[]

  constructor({ sessions, intents, refunds }: StripeBooks) {
    const { session, intent, capture, refund, none, sessionList, intentList, refundList } = requestShapes
    const expanded = (id: string, expand: readonly string[]) => {
      const found = sessions.read(id)
      const linked = expand.includes('payment_intent') && found.payment_intent !== null
      return linked ? { ...found, payment_intent: intents.read(found.payment_intent ?? '') } : found
    }
    const ids = '/([\\w-]+)'
    this.routes = [
      route('POST /v1/checkout/sessions', session, (given) => sessions.open(given)),
      route('GET /v1/checkout/sessions', sessionList, (given) => {
        const { payment_intent = null, created, expand, limit, starting_after } = given
        const found = [...sessions.all.values()]
          .filter((one) => payment_intent === null || one.payment_intent === payment_intent)
          .filter((one) => !created || (one.created >= created.gte && one.created <= created.lte))
        const within = expand.map((path) => path.replace(/^data\./, ''))
        const read = found.reverse().map(({ id }) => expanded(id, within))
        return listOf(read, limit, starting_after)
      }),
      route(`GET /v1/checkout/sessions${ids}`, none, ({ expand }, id) => expanded(id, expand)),
      route(`POST /v1/checkout/sessions${ids}/expire`, none, ({ expand }, id) => {
        sessions.expire(id)
        return expanded(id, expand)
      }),
      route('POST /v1/payment_intents', intent, (given) => intents.charge(given)),
      route('GET /v1/payment_intents', intentList, ({ customer, created, limit, starting_after }) => {
        const found = [...intents.all.values()].filter((one) => one.customer === customer && one.created >= created.gte)
        return listOf(found.reverse(), limit, starting_after)
      }),
      route(`GET /v1/payment_intents${ids}`, none, (_given, id) => intents.read(id)),
      route(`POST /v1/payment_intents${ids}/capture`, capture, (given, id) =>
        intents.capture(id, given.amount_to_capture),
      ),
      route(`POST /v1/payment_intents${ids}/cancel`, none, (_given, id) => {
        const { status } = intents.read(id)
        if (status !== 'requires_capture' && [...sessions.all.values()].some((one) => one.payment_intent === id))
          throw conflict('You cannot cancel this PaymentIntent: expire its Checkout Session.')
        return intents.cancel(id)
      }),
      route('POST /v1/refunds', refund, (given) => refunds.give(given)),
      route('GET /v1/refunds', refundList, ({ payment_intent, limit, starting_after }) =>
        listOf(refunds.of(payment_intent), limit, starting_after),
      ),
      route(`GET /v1/refunds${ids}`, none, (_given, id) => refunds.read(id)),
    ]
  }

  /** @throws StripeProblem */
  answer({ method, url, body }: Call): Answer {
    const request = `${method} ${url.pathname}`
    const fields = parseForm(method === 'POST' ? body : url.search.slice(1))
    for (const [pattern, work] of this.routes) {
      const match = pattern.exec(request)
      // A copy: what the books hold changes, an answer that is kept does not.
      if (match) return { status: 200, body: structuredClone(work(fields, match[1] ?? '')) }
    }
    throw new StripeProblem(404, 'invalid_request_error', `Unrecognized request URL (${request}).`, {}, false)
  }
}

const route = <Shape extends z.ZodType>(
  request: string,
  shape: Shape,
  work: (given: z.output<Shape>, id: string) => unknown,
): Route => [new RegExp(`^${request}$`), (fields, id) => work(shaped(shape, fields), id)]

function listOf(found: readonly (StripeObject | { id: string })[], limit: number, after?: string) {
  const start = after === undefined ? 0 : found.findIndex(({ id }) => id === after) + 1
  return { object: 'list', data: found.slice(start, start + limit), has_more: found.length > start + limit }
}
