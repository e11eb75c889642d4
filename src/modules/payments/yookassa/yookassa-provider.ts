import type { Money } from '../../../kernel/money.js'
import type { YooKassaAccess } from '../../../platform/config/config.js'
import {
  type ProviderAttempt,
  type ProviderCapabilities,
  type ProviderEvent,
  type ProviderPayment,
  type ProviderRefund,
  type ProviderRefundRequest,
  ProviderRefusal,
  type RefundFound,
  type TellingProvider,
  WebhookRefusal,
  type WebhookRequest,
} from '../payment-provider.js'
import { addressList } from './address-list.js'
import { amountOf } from './yookassa-amount.js'
import { paymentSchema, paymentsSchema, refundSchema, refundsSchema } from './yookassa-answer.js'
import { IdempotenceConflict, type YooKassaApi } from './yookassa-api.js'
import { eventFrom } from './yookassa-event.js'
import { paymentReport, refundReport } from './yookassa-report.js'
import { paymentRequest, refundRequest, type ShopFacts } from './yookassa-request.js'

const PAGE = 100
const MAX_PAGES = 50
const CLOCKS_DIFFER_MS = 5 * 60_000

/** YooKassa, API v3: https://yookassa.ru/developers/api */
export class YooKassaProvider implements TellingProvider {
  readonly name = 'YOOKASSA'

  readonly capabilities: ProviderCapabilities = {
    currencies: ['RUB'],
    holds: true,
    cancelsPending: false,
    partialRefunds: true,
    savesMethods: true,
    // It promises 24 hours; clocks differ, and a call takes time.
    keysLastMs: 23 * 60 * 60 * 1000,
  }

  private readonly isSender: (address: string) => boolean

  constructor(
    private readonly api: YooKassaApi,
    { allowedAddresses }: Pick<YooKassaAccess, 'allowedAddresses'>,
    private readonly shop: ShopFacts,
  ) {
    this.isSender = addressList(allowedAddresses)
  }

  async create(attempt: ProviderAttempt): Promise<ProviderPayment> {
    try {
      const body = paymentRequest(attempt, this.shop)
      return report(await this.api.post('payments', body, attempt.idempotenceKey))
    } catch (error) {
      // It exists, made by a call of before a setting changed.
      const found = error instanceof IdempotenceConflict ? await this.find(attempt) : null
      if (!found) throw error
      return found
    }
  }

  async read(id: string): Promise<ProviderPayment> {
    return report(await this.api.get(`payments/${encodeURIComponent(id)}`))
  }

  async find({ idempotenceKey, createdAt }: ProviderAttempt): Promise<ProviderPayment | null> {
    const since = new Date(createdAt.getTime() - CLOCKS_DIFFER_MS).toISOString()
    for await (const { items } of this.pages('payments', { 'created_at.gte': since }, paymentsSchema.parse)) {
      const found = items.map(paymentReport).find(({ attemptKey }) => attemptKey === idempotenceKey)
      if (found) return found
    }
    return null
  }

  async capture(id: string, amount: Money, idempotenceKey: string): Promise<ProviderPayment> {
    const path = `payments/${encodeURIComponent(id)}/capture`
    return this.unlessFinished(id, () => this.api.post(path, { amount: amountOf(amount) }, idempotenceKey))
  }

  async cancel(id: string, idempotenceKey: string): Promise<ProviderPayment> {
    const payment = await this.read(id)
    // There is no canceling while its customer may still pay: it ends by itself.
    if (payment.status !== 'WAITING_FOR_CAPTURE') return payment
    return this.unlessFinished(id, () => this.api.post(`payments/${encodeURIComponent(id)}/cancel`, {}, idempotenceKey))
  }

  async refund(request: ProviderRefundRequest): Promise<ProviderRefund> {
    const body = refundRequest(request, this.shop.vatCode)
    return refundReport(refundSchema.parse(await this.api.post('refunds', body, request.idempotenceKey)))
  }

  async readRefund(id: string): Promise<ProviderRefund> {
    return refundReport(refundSchema.parse(await this.api.get(`refunds/${encodeURIComponent(id)}`)))
  }

  async refundsOf(providerPaymentId: string): Promise<readonly RefundFound[]> {
    const found: RefundFound[] = []
    for await (const { items } of this.pages('refunds', { payment_id: providerPaymentId }, refundsSchema.parse))
      for (const refund of items)
        found.push({ ...refundReport(refund), amount: refund.amount, createdAt: refund.created_at })
    return found
  }

  verifyWebhook({ ip }: WebhookRequest): void {
    if (!this.isSender(ip)) throw new WebhookRefusal(403, 'This address is not one that YooKassa sends from.')
  }

  readEvent(body: unknown): ProviderEvent | null {
    return eventFrom(body)
  }

  /** A refusal to capture or cancel what is captured or canceled already is none. */
  private async unlessFinished(id: string, act: () => Promise<unknown>): Promise<ProviderPayment> {
    try {
      return report(await act())
    } catch (error) {
      if (!(error instanceof ProviderRefusal || error instanceof IdempotenceConflict)) throw error
      const payment = await this.read(id)
      if (payment.status === 'SUCCEEDED' || payment.status === 'CANCELED') return payment
      throw error
    }
  }

  private async *pages<Page extends { next_cursor?: string | null | undefined }>(
    path: string,
    query: Readonly<Record<string, string>>,
    parse: (answer: unknown) => Page,
  ): AsyncGenerator<Page> {
    let cursor: string | null | undefined
    for (let pages = 0; pages < MAX_PAGES; pages++) {
      const page: Page = parse(
        await this.api.get(
          `${path}?${new URLSearchParams({ ...query, limit: String(PAGE), ...(cursor && { cursor }) })}`,
        ),
      )
      yield page
      cursor = page.next_cursor
      if (!cursor) return
    }
    throw new Error(`YooKassa has more than ${MAX_PAGES * PAGE} ${path} to look through`)
  }
}

const report = (answer: unknown): ProviderPayment => paymentReport(paymentSchema.parse(answer))
