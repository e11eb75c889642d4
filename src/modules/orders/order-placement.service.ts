import type { Clock } from '../../kernel/clock.js'
import type { Viewer } from '../../kernel/viewer.js'
import type { Database } from '../../platform/database/database.js'
import { idempotently } from '../../platform/database/idempotency.js'
import { inTransaction, type Transaction } from '../../platform/database/transaction.js'
import type { FactoryCapacity } from '../factories/index.js'
import type { CreateOrderInput } from './create-order.input.js'
import { insertOrder } from './insert-order.js'
import { requireSignedIn } from './order.policy.js'
import type { OrderDraft, OrderDrafts } from './order-draft.js'
import type { OrderSteps } from './order-step.js'
import type { OrderTermsInput } from './order-terms.input.js'
import type { Quote } from './quote.type.js'

const DEFAULT_LEAD_TIME_DAYS = 7

/** Prices orders and places them. */
export class OrderPlacement {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly drafts: OrderDrafts,
    private readonly factories: FactoryCapacity,
    private readonly steps: OrderSteps,
  ) {}

  /** What `create` would charge for the same input. @throws BAD_USER_INPUT */
  quote(viewer: Viewer, input: CreateOrderInput): Promise<Quote> {
    const customer = requireSignedIn(viewer)
    return inTransaction(this.database, async (tx) => {
      const { lines, subtotal, rushFee, total, printed } = await this.drafts.draft(tx, customer, input, false)
      const productionDays = await this.productionDays(tx, printed, input.factoryId ?? null)
      return {
        lines: lines.map((line) => ({ ...line, warnings: [...line.warnings] })),
        subtotal,
        rushFee,
        total,
        productionDays,
      }
    })
  }

  /** @returns the order's id. @throws BAD_USER_INPUT, IDEMPOTENCY_CONFLICT */
  async create(viewer: Viewer, input: CreateOrderInput): Promise<string> {
    const customer = requireSignedIn(viewer)
    const { userId } = customer
    const now = this.clock.now()
    const call = { userId, operation: 'createOrder', key: input.idempotencyKey, input, now }
    const { id } = await inTransaction(this.database, (tx) =>
      idempotently(tx, call, async () => {
        const draft = await this.drafts.draft(tx, customer, input, true)
        return this.place(tx, userId, input, draft, now)
      }),
    )
    return id
  }

  /** Writes a drafted order with its first event. @returns its id */
  async place(tx: Transaction, userId: string, terms: OrderTermsInput, draft: OrderDraft, now: Date): Promise<string> {
    const order = await insertOrder(tx, userId, terms, draft, now)
    await this.steps.record(tx, order, { type: 'CREATED', by: { actors: ['CUSTOMER'], userId } })
    return order.id
  }

  private async productionDays(
    tx: Transaction,
    types: OrderDraft['printed'],
    preferredId: string | null,
  ): Promise<number> {
    if (types.length === 0) return 0
    return (await this.factories.expectedLeadTime(tx, { types, preferredId })) ?? DEFAULT_LEAD_TIME_DAYS
  }
}
