import type { SessionRequest } from './request-shapes.js'
import { checkAmount, type StripeIntents } from './stripe-intents.js'
import { type Intent, newStripeId, type Session, type StripeWorld, seconds } from './stripe-objects.js'
import { conflict, invalid, missing } from './stripe-problem.js'

const SHORTEST = 30 * 60
const LONGEST = 24 * 60 * 60

/** Checkout Sessions: pages at which a customer pays. Their intent appears with the first try to pay. */
export class StripeSessions {
  readonly all = new Map<string, Session>()
  private readonly requests = new Map<string, SessionRequest>()

  constructor(
    private readonly world: StripeWorld,
    private readonly intents: StripeIntents,
    private readonly pageBase: () => string,
  ) {}

  /** @throws StripeProblem for what Stripe does not sell, or not for so long */
  open(request: SessionRequest): Session {
    const now = seconds(this.world)
    const expires_at = request.expires_at ?? now + LONGEST
    if (expires_at < now + SHORTEST)
      throw invalid('The `expires_at` timestamp must be at least 30 minutes from Checkout Session creation.', {
        param: 'expires_at',
      })
    if (expires_at > now + LONGEST)
      throw invalid('The `expires_at` timestamp must be less than 24 hours from Checkout Session creation.', {
        param: 'expires_at',
      })
    const amount = request.line_items.reduce(
      (sum, { quantity, price_data }) => sum + quantity * price_data.unit_amount,
      0,
    )
    checkAmount(amount)
    const id = newStripeId(this.world, 'cs_test')
    const session: Session = {
      id,
      object: 'checkout.session',
      amount_total: amount,
      cancel_url: request.cancel_url ?? null,
      client_reference_id: request.client_reference_id ?? null,
      created: now,
      currency: request.line_items[0]?.price_data.currency ?? 'usd',
      customer: null,
      expires_at,
      livemode: false,
      metadata: request.metadata,
      mode: 'payment',
      payment_intent: null,
      payment_status: 'unpaid',
      status: 'open',
      success_url: request.success_url,
      url: `${this.pageBase()}/c/pay/${id}`,
    }
    this.all.set(id, session)
    this.requests.set(id, request)
    return session
  }

  /** As it is now: the time to pay may have run out meanwhile. @throws StripeProblem when there is none */
  read(id: string): Session {
    const session = this.all.get(id)
    if (!session) throw missing('checkout.session', id)
    if (session.status === 'open' && session.expires_at <= seconds(this.world)) this.close(session)
    return session
  }

  /** @throws StripeProblem unless it is open */
  expire(id: string): Session {
    const session = this.read(id)
    if (session.status !== 'open')
      throw conflict(
        `Only Checkout Sessions with a status in ["open"] can be expired. This Checkout Session has a status of \`${session.status}\`.`,
      )
    this.close(session)
    return session
  }

  /** The customer pays. @throws Error where the page takes nothing any more */
  pay(id: string): void {
    const { session, intent } = this.trying(id)
    this.keepMethod(session, intent)
    this.intents.authorize(intent)
    this.complete(session, intent)
  }

  /** The customer's bank says no. The page stays open for another try. */
  decline(id: string, code?: string): void {
    this.intents.fail(this.trying(id).intent, code)
  }

  /** The customer is asked to confirm with their bank, and does not yet. */
  ask(id: string): void {
    const { intent } = this.trying(id)
    intent.status = 'requires_action'
    this.world.happened('payment_intent.requires_action', intent)
  }

  /** The customer pays in a way that takes days to settle. */
  process(id: string): void {
    const { session, intent } = this.trying(id)
    intent.status = 'processing'
    this.world.happened('payment_intent.processing', intent)
    this.complete(session, intent)
  }

  /** The customer takes a voucher along, and may pay it within days. */
  promise(id: string): void {
    const { session, intent } = this.trying(id)
    intent.status = 'requires_action'
    this.world.happened('payment_intent.requires_action', intent)
    this.complete(session, intent)
  }

  /** What was processing, or promised, is decided. */
  settle(id: string, isPaid: boolean): void {
    const session = this.read(id)
    const intent = this.intents.read(session.payment_intent ?? '')
    if (session.status !== 'complete' || !/^(processing|requires_action)$/.test(intent.status))
      throw new Error(`nothing is to be decided at ${id}`)
    if (isPaid) this.intents.authorize(intent)
    else this.intents.fail(intent)
    session.payment_status = isPaid ? 'paid' : 'unpaid'
    this.world.happened(`checkout.session.async_payment_${isPaid ? 'succeeded' : 'failed'}`, session)
  }

  private trying(id: string): { session: Session; intent: Intent } {
    const session = this.read(id)
    const request = this.requests.get(id)
    if (session.status !== 'open' || !request) throw new Error(`nobody can pay at ${id}: it is ${session.status}`)
    const { capture_method, metadata, description = null, setup_future_usage = null } = request.payment_intent_data
    const intent = session.payment_intent
      ? this.intents.read(session.payment_intent)
      : this.intents.open({
          amount: session.amount_total ?? 0,
          currency: session.currency ?? 'usd',
          capture_method,
          metadata,
          description,
          setup_future_usage,
        })
    session.payment_intent = intent.id
    return { session, intent }
  }

  private keepMethod(session: Session, intent: Intent): void {
    intent.payment_method = newStripeId(this.world, 'pm')
    if (this.requests.get(session.id)?.customer_creation !== 'always') return
    session.customer = newStripeId(this.world, 'cus')
    intent.customer = session.customer
    if (intent.setup_future_usage) this.intents.methods.set(intent.payment_method, session.customer)
  }

  private complete(session: Session, intent: Intent): void {
    session.status = 'complete'
    session.payment_status = intent.status === 'succeeded' ? 'paid' : 'unpaid'
    session.url = null
    this.world.happened('checkout.session.completed', session)
  }

  private close(session: Session): void {
    session.status = 'expired'
    session.url = null
    this.world.happened('checkout.session.expired', session)
    if (session.payment_intent) this.intents.cancel(session.payment_intent)
  }
}
