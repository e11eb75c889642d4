import type { PaymentRequest } from './request-shapes.js'
import { minorUnits, newYooKassaId, type Payment, type YooKassaWorld } from './yookassa-objects.js'
import { invalid, missing } from './yookassa-problem.js'

const HOUR_MS = 60 * 60 * 1_000
const HOLD_MS = 7 * 24 * HOUR_MS

interface Facts {
  readonly capture: boolean
  readonly saves: boolean
  /** Until when its customer can pay. */
  readonly payUntil: number
}

/** Payments as YooKassa keeps them. Time ends them when somebody looks, as if it had at that time. */
export class YooKassaPayments {
  readonly all = new Map<string, Payment>()
  /** Methods that were kept, and what happens to whoever charges one. */
  readonly methods = new Map<string, 'pays' | 'insufficient_funds' | 'permission_revoked'>()
  private readonly facts = new Map<string, Facts>()

  constructor(
    private readonly world: YooKassaWorld,
    private readonly confirmationUrl: (id: string) => string,
    private readonly shopId: string,
  ) {}

  create(request: PaymentRequest): Payment {
    const { amount, description, metadata, confirmation, payment_method_id: method } = request
    if (method !== undefined && !this.methods.has(method))
      throw invalid('This payment_method_id is unknown', 'payment_method_id')
    const now = this.world.clock.now()
    const id = newYooKassaId(this.world)
    const payment: Payment = {
      id,
      status: 'pending',
      paid: false,
      amount,
      description,
      created_at: now.toISOString(),
      confirmation: confirmation && { ...confirmation, confirmation_url: this.confirmationUrl(id) },
      metadata,
      refundable: false,
      recipient: { account_id: this.shopId, gateway_id: '100700' },
      test: true,
    }
    this.all.set(id, payment)
    const { capture, save_payment_method: saves } = request
    this.facts.set(id, { capture, saves, payUntil: now.getTime() + HOUR_MS })
    if (method !== undefined) this.charge(payment, method)
    return payment
  }

  /** @throws YooKassaProblem */
  read(id: string): Payment {
    const payment = this.all.get(id)
    if (!payment) throw missing('Payment', id)
    const now = this.world.clock.now().getTime()
    const { payUntil } = this.factsOf(id)
    if (payment.status === 'pending' && payUntil <= now) this.end(payment, 'yoo_money', 'expired_on_confirmation')
    if (payment.status === 'waiting_for_capture' && Date.parse(payment.expires_at ?? '') <= now)
      this.end(payment, 'yoo_money', 'expired_on_capture')
    return payment
  }

  /** Its customer pays at the page. @throws Error when that is not possible any more */
  pay(id: string): void {
    const payment = this.read(id)
    if (payment.status !== 'pending') throw new Error(`payment ${id} is ${payment.status}`)
    const { saves } = this.factsOf(id)
    payment.payment_method = { type: 'bank_card', id, saved: saves }
    if (saves) this.methods.set(id, 'pays')
    this.take(payment)
  }

  decline(id: string, reason = 'insufficient_funds'): void {
    const payment = this.read(id)
    if (payment.status !== 'pending') throw new Error(`payment ${id} is ${payment.status}`)
    this.end(payment, 'payment_network', reason)
  }

  /** The time to pay, or of the hold, is over. */
  expire(id: string): void {
    const payment = this.read(id)
    if (payment.status === 'pending') this.end(payment, 'yoo_money', 'expired_on_confirmation')
    if (payment.status === 'waiting_for_capture') this.end(payment, 'yoo_money', 'expired_on_capture')
  }

  /** @throws YooKassaProblem unless the money is held, and for more than is held */
  capture(id: string, amount = this.read(id).amount): Payment {
    const payment = this.held(id)
    if (minorUnits(amount) > minorUnits(payment.amount)) throw invalid('Amount is more than is held', 'amount')
    payment.amount = amount
    this.succeed(payment)
    return payment
  }

  /** @throws YooKassaProblem unless the money is held: what waits for its customer cannot be canceled */
  cancel(id: string): Payment {
    const payment = this.held(id)
    this.end(payment, 'merchant', 'canceled_by_merchant')
    return payment
  }

  private held(id: string): Payment {
    const payment = this.read(id)
    if (payment.status !== 'waiting_for_capture')
      throw invalid(`Incorrect payment status. The payment is in "${payment.status}" status`)
    return payment
  }

  private charge(payment: Payment, method: string): void {
    const outcome = this.methods.get(method) ?? 'permission_revoked'
    payment.payment_method = { type: 'bank_card', id: method, saved: true }
    if (outcome === 'pays') this.take(payment)
    else this.end(payment, 'payment_network', outcome)
  }

  private take(payment: Payment): void {
    payment.paid = true
    if (this.factsOf(payment.id).capture) this.succeed(payment)
    else this.hold(payment)
  }

  private hold(payment: Payment): void {
    payment.status = 'waiting_for_capture'
    payment.expires_at = new Date(this.world.clock.now().getTime() + HOLD_MS).toISOString()
    this.world.happened('payment.waiting_for_capture', payment)
  }

  private succeed(payment: Payment): void {
    payment.status = 'succeeded'
    payment.captured_at = this.world.clock.now().toISOString()
    payment.expires_at = undefined
    payment.refundable = true
    this.world.happened('payment.succeeded', payment)
  }

  private end(payment: Payment, party: 'merchant' | 'yoo_money' | 'payment_network', reason: string): void {
    payment.status = 'canceled'
    payment.paid = false
    payment.expires_at = undefined
    payment.cancellation_details = { party, reason }
    this.world.happened('payment.canceled', payment)
  }

  private factsOf(id: string): Facts {
    const facts = this.facts.get(id)
    if (!facts) throw missing('Payment', id)
    return facts
  }
}
