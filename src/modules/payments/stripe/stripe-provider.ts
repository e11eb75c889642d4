import { Stripe } from 'stripe'
import type { Clock } from '../../../kernel/clock.js'
import type { Money } from '../../../kernel/money.js'
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
import { isKeptTrouble, type StripeCalls } from './stripe-calls.js'
import { StripeCharges } from './stripe-charges.js'
import { eventFrom } from './stripe-event.js'
import { StripeRefunds } from './stripe-refunds.js'
import { chargeReport, intentOf, pageReport } from './stripe-report.js'
import {
  ATTEMPT_KEY,
  amountOf,
  CLOCKS_DIFFER_S,
  MOST_LISTED,
  PAGE_OPEN_S,
  pageRequest,
  secondsOf,
} from './stripe-request.js'

const TOLERANCE_S = 300
const PAGE_PARTS = ['payment_intent']

/** Where a payment is at Stripe: at a page, or charged without one. */
type Found = { readonly page: Stripe.Checkout.Session } | { readonly charge: Stripe.PaymentIntent }

/**
 * Stripe. A payment is a Checkout Session, and its id is ours of the payment: the session is there from the first call on, its PaymentIntent
 * only once somebody tries to pay. A charge of a kept method has no session; there the PaymentIntent's id takes its place.
 *
 * Only what makes something new carries our idempotence key. To expire, cancel or capture is a step that an object takes once: there a key
 * would add nothing but Stripe's repeating, for a day, of a 500 of its own.
 */
export class StripeProvider implements TellingProvider {
  readonly name = 'STRIPE'

  readonly capabilities: ProviderCapabilities = {
    currencies: ['RUB', 'USD', 'EUR'],
    holds: true,
    cancelsPending: true,
    partialRefunds: true,
    savesMethods: true,
  }

  private readonly charges: StripeCharges
  private readonly refunds: StripeRefunds

  constructor(
    private readonly calls: StripeCalls,
    private readonly webhookSecret: string,
    /** Where customers go when the attempt names no place. */
    private readonly home: string,
    clock: Clock,
  ) {
    this.charges = new StripeCharges(calls, home, clock)
    this.refunds = new StripeRefunds(calls)
  }

  create(attempt: ProviderAttempt): Promise<ProviderPayment> {
    return attempt.savedMethodId === null ? this.openPage(attempt) : this.charges.make(attempt, attempt.savedMethodId)
  }

  async read(id: string): Promise<ProviderPayment> {
    return report(await this.at(id))
  }

  find(attempt: ProviderAttempt): Promise<ProviderPayment | null> {
    return attempt.savedMethodId === null ? this.findPage(attempt) : this.charges.find(attempt, attempt.savedMethodId)
  }

  async capture(id: string, amount: Money): Promise<ProviderPayment> {
    const found = await this.at(id)
    const intent = moneyAt(found)
    if (intent?.status !== 'requires_capture') return report(found)
    const amount_to_capture = amountOf(amount)
    const refusal = await this.step((stripe) => stripe.paymentIntents.capture(intent.id, { amount_to_capture }))
    const after = await this.read(id)
    if (refusal && after.status === 'WAITING_FOR_CAPTURE') throw refusal
    return after
  }

  async cancel(id: string): Promise<ProviderPayment> {
    const found = await this.at(id)
    const intent = moneyAt(found)
    // The intent of a page can be canceled only while it holds money. Otherwise it goes with the page.
    if ('page' in found && found.page.status === 'open')
      await this.step((stripe) => stripe.checkout.sessions.expire(found.page.id))
    else if (intent && isCancelable(found, intent)) await this.step((stripe) => stripe.paymentIntents.cancel(intent.id))
    else return report(found)
    return this.read(id)
  }

  async refund(request: ProviderRefundRequest): Promise<ProviderRefund> {
    const intent = moneyAt(await this.at(request.providerPaymentId))
    if (!intent) throw new ProviderRefusal(`nothing was paid at ${request.providerPaymentId}`)
    return this.refunds.give(request, intent.id)
  }

  readRefund(id: string): Promise<ProviderRefund> {
    return this.refunds.read(id)
  }

  verifyWebhook({ headers, rawBody, now }: WebhookRequest): void {
    const signature = headers['stripe-signature'] ?? ''
    try {
      Stripe.webhooks.constructEvent(rawBody, signature, this.webhookSecret, TOLERANCE_S, undefined, now.getTime())
    } catch {
      throw new WebhookRefusal(401, 'The signature is missing, wrong or too old.')
    }
  }

  readEvent(body: unknown): ProviderEvent | null {
    return eventFrom(body)
  }

  private async openPage(attempt: ProviderAttempt): Promise<ProviderPayment> {
    const { idempotenceKey: idempotencyKey } = attempt
    try {
      const request = { ...pageRequest(attempt, this.home), expand: PAGE_PARTS }
      return pageReport(await this.calls.run((stripe) => stripe.checkout.sessions.create(request, { idempotencyKey })))
    } catch (error) {
      // Should there be such a page, nobody has seen its address, and so nobody will ever pay at it.
      if (isKeptTrouble(error)) throw new ProviderRefusal('Stripe could not open a page to pay at', { cause: error })
      throw error
    }
  }

  /** Of those that opened while the attempt could be repeated. */
  private async findPage({ idempotenceKey, createdAt }: ProviderAttempt): Promise<ProviderPayment | null> {
    const created = { gte: secondsOf(createdAt) - CLOCKS_DIFFER_S, lte: secondsOf(createdAt) + PAGE_OPEN_S }
    const pages = await this.calls.run((stripe) =>
      stripe.checkout.sessions.list({ created, limit: 100 }).autoPagingToArray({ limit: MOST_LISTED }),
    )
    const found = pages.find(({ metadata }) => metadata?.[ATTEMPT_KEY] === idempotenceKey)
    return found ? this.read(found.id) : null
  }

  /** @throws ProviderRefusal when Stripe knows none */
  private async at(id: string): Promise<Found> {
    if (!id.startsWith('pi_'))
      return { page: await this.calls.run((stripe) => stripe.checkout.sessions.retrieve(id, { expand: PAGE_PARTS })) }
    // A webhook about an intent does not say whether it has a page.
    const expand = PAGE_PARTS.map((part) => `data.${part}`)
    const { data } = await this.calls.run((stripe) =>
      stripe.checkout.sessions.list({ payment_intent: id, limit: 1, expand }),
    )
    const [page] = data
    return page ? { page } : { charge: await this.calls.run((stripe) => stripe.paymentIntents.retrieve(id)) }
  }

  /** A step that is refused may have come too late, which is no failure: what is read afterwards tells. */
  private async step(take: (stripe: Stripe) => Promise<unknown>): Promise<ProviderRefusal | null> {
    try {
      await this.calls.run(take)
      return null
    } catch (error) {
      if (error instanceof ProviderRefusal) return error
      throw error
    }
  }
}

const report = (found: Found): ProviderPayment =>
  'page' in found ? pageReport(found.page) : chargeReport(found.charge)

const isCancelable = (found: Found, { status }: Stripe.PaymentIntent): boolean =>
  status === 'requires_capture' || ('charge' in found && status.startsWith('requires_'))

const moneyAt = (found: Found): Stripe.PaymentIntent | null => ('page' in found ? intentOf(found.page) : found.charge)
