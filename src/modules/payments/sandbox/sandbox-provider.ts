import type { SandboxPayment } from '../../../generated/prisma/client.js'
import { money } from '../../../kernel/money.js'
import {
  type ProviderAttempt,
  type ProviderCapabilities,
  type ProviderEvent,
  type ProviderPayment,
  type ProviderRefund,
  type ProviderRefundRequest,
  ProviderRefusal,
  type TellingProvider,
  WebhookRefusal,
  type WebhookRequest,
} from '../payment-provider.js'
import type { SandboxBooks } from './sandbox-books.js'
import { sandboxEnvelopeSchema, sandboxEventSchema } from './sandbox-event.js'
import { sandboxExpiry } from './sandbox-expiry.js'
import type { SandboxLinks } from './sandbox-links.js'
import { isSandboxWebhook, SIGNATURE_HEADER, TIMESTAMP_HEADER } from './sandbox-signature.js'

/** The built-in provider: real webhooks over HTTP, no real money. */
export class SandboxProvider implements TellingProvider {
  readonly name = 'SANDBOX'

  readonly capabilities: ProviderCapabilities = {
    currencies: ['RUB', 'USD', 'EUR'],
    holds: false,
    cancelsPending: true,
    partialRefunds: true,
    savesMethods: false,
  }

  constructor(
    private readonly books: SandboxBooks,
    private readonly links: SandboxLinks,
    private readonly webhookKey: Uint8Array,
  ) {}

  async create(attempt: ProviderAttempt): Promise<ProviderPayment> {
    return this.report(await this.books.open(attempt))
  }

  async read(id: string): Promise<ProviderPayment> {
    return this.report(await this.books.read(id))
  }

  async capture(id: string): Promise<ProviderPayment> {
    const payment = await this.read(id)
    if (payment.status === 'PENDING') throw new ProviderRefusal('the sandbox holds no money')
    return payment
  }

  async cancel(id: string): Promise<ProviderPayment> {
    await this.books.finish(id, 'CANCELED', null)
    return this.read(id)
  }

  refund(request: ProviderRefundRequest): Promise<ProviderRefund> {
    return this.books.refund(request)
  }

  readRefund(id: string): Promise<ProviderRefund> {
    return this.books.readRefund(id)
  }

  verifyWebhook({ headers, rawBody, now }: WebhookRequest): void {
    const timestamp = String(headers[TIMESTAMP_HEADER] ?? '')
    const signature = String(headers[SIGNATURE_HEADER] ?? '')
    if (!isSandboxWebhook(this.webhookKey, { timestamp, signature, rawBody }, now))
      throw new WebhookRefusal(401, 'The signature is missing, wrong or too old.')
  }

  readEvent(body: unknown): ProviderEvent | null {
    const envelope = sandboxEnvelopeSchema.safeParse(body)
    if (!envelope.success) return null
    const event = sandboxEventSchema.safeParse(body)
    return { ...envelope.data, subject: event.success ? { kind: 'payment', id: event.data.object.id } : null }
  }

  private report({ id, idempotenceKey, status, amount, currency, createdAt }: SandboxPayment): ProviderPayment {
    return {
      id,
      attemptKey: idempotenceKey,
      status,
      amount: money(amount, currency),
      confirmationUrl: this.links.checkoutUrl(id),
      expiresAt: sandboxExpiry(createdAt),
      reason: status === 'CANCELED' ? 'The payment was declined.' : null,
      savedMethodId: null,
    }
  }
}
