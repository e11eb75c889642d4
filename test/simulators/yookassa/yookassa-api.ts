import type { Answer, Call } from '../simulator-server.js'
import type { IdempotenceLayer } from './idempotence-layer.js'
import { readCapture, readPayment, readRefund } from './request-shapes.js'
import type { YooKassaPayments } from './yookassa-payments.js'
import { invalid, YooKassaProblem } from './yookassa-problem.js'
import type { YooKassaRefunds } from './yookassa-refunds.js'

export interface YooKassaBooks {
  readonly payments: YooKassaPayments
  readonly refunds: YooKassaRefunds
}

/** The operations of API v3 that are played. */
export class YooKassaApi {
  constructor(
    private readonly books: YooKassaBooks,
    private readonly idempotence: IdempotenceLayer,
    /** What `Authorization` has to be. */
    private readonly credentials: string,
  ) {}

  answer(call: Call): Answer {
    try {
      if (call.headers.authorization !== this.credentials)
        throw new YooKassaProblem(401, 'invalid_credentials', 'Incorrect password format in the Authorization header')
      if (call.method === 'GET') return { status: 200, body: this.get(call) }
      return this.idempotence.run(call, () => ({ status: 200, body: this.post(call) }))
    } catch (error) {
      if (error instanceof YooKassaProblem) return error.answer
      throw error
    }
  }

  private get({ url }: Call): unknown {
    const { payments, refunds } = this.books
    const [, kind, id] = pathOf(url)
    if (kind === 'payments' && id !== undefined) return payments.read(id)
    if (kind === 'refunds' && id !== undefined) return refunds.read(id)
    if (kind === 'payments') {
      const since = Date.parse(url.searchParams.get('created_at.gte') ?? '1970-01-01')
      const found = [...payments.all.keys()].map((key) => payments.read(key))
      return pageOf(
        found.filter(({ created_at }) => Date.parse(created_at) >= since),
        url,
      )
    }
    if (kind === 'refunds') {
      const paymentId = url.searchParams.get('payment_id')
      return pageOf(paymentId === null ? [...refunds.all.values()] : refunds.of(paymentId), url)
    }
    throw new YooKassaProblem(404, 'not_found', `There is nothing at ${url.pathname}`)
  }

  private post({ url, body }: Call): unknown {
    const { payments, refunds } = this.books
    const [, kind, id = '', action] = pathOf(url)
    const request = jsonOf(body)
    if (kind === 'payments' && id === '') return payments.create(readPayment(request))
    if (kind === 'payments' && action === 'capture') return payments.capture(id, readCapture(request).amount)
    if (kind === 'payments' && action === 'cancel') return payments.cancel(id)
    if (kind === 'refunds' && id === '') return refunds.create(readRefund(request))
    throw new YooKassaProblem(404, 'not_found', `There is nothing at ${url.pathname}`)
  }
}

const pathOf = (url: URL): string[] => url.pathname.split('/').filter(Boolean)

/** Newest first, as YooKassa lists. The cursor is where the next page begins. */
function pageOf<Item>(items: readonly Item[], { searchParams }: URL) {
  const limit = Number(searchParams.get('limit') ?? '10')
  if (!(limit >= 1 && limit <= 100)) throw invalid('limit must be from 1 to 100', 'limit')
  const from = Number(searchParams.get('cursor') ?? '0')
  const sorted = items.toReversed()
  const next = from + limit
  return {
    type: 'list',
    items: sorted.slice(from, next),
    ...(next < sorted.length && { next_cursor: String(next) }),
  }
}

function jsonOf(body: string): unknown {
  try {
    return JSON.parse(body)
  } catch {
    throw invalid('The request body is not JSON')
  }
}
