import type { Clock } from '../../../kernel/clock.js'
import { DomainError, inputError } from '../../../kernel/domain-error.js'
import type { SignedInViewer, Viewer } from '../../../kernel/viewer.js'
import type { Database } from '../../../platform/database/database.js'
import { idempotently } from '../../../platform/database/idempotency.js'
import { inTransaction, type Transaction } from '../../../platform/database/transaction.js'
import type { OrderLineInput } from '../create-order.input.js'
import { requireSignedIn } from '../order.policy.js'
import type { OrderDraft, OrderDrafts } from '../order-draft.js'
import type { OrderPlacement } from '../order-placement.service.js'
import type { OrderSources } from '../order-sources.js'
import type { OrderTermsInput } from '../order-terms.input.js'
import { lockCart } from './cart-lock.js'
import type { CheckoutCartInput } from './checkout-cart.input.js'
import { outdatedLines } from './outdated-lines.js'

/** Where the lines stand for the client: in what `cart` answers. */
const PATH = 'cart.lines'

type CartRow = Required<Pick<OrderLineInput, 'itemId' | 'quantity' | 'print'>> & { readonly unitAmount: bigint }

/** Makes an order of a cart: the one that `createOrder` would place with the same lines. */
export class CartCheckout {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly sources: OrderSources,
    private readonly drafts: OrderDrafts,
    private readonly placement: Pick<OrderPlacement, 'place'>,
  ) {}

  /** @returns the order's id. @throws CONFLICT naming the lines that are not as they were seen; BAD_USER_INPUT, IDEMPOTENCY_CONFLICT */
  async checkout(viewer: Viewer, input: CheckoutCartInput): Promise<string> {
    const customer = requireSignedIn(viewer)
    const { userId } = customer
    const now = this.clock.now()
    const call = { userId, operation: 'checkoutCart', key: input.idempotencyKey, input, now }
    const { id } = await inTransaction(this.database, (tx) =>
      idempotently(tx, call, async () => {
        await lockCart(tx, userId, now)
        const draft = await this.draft(tx, customer, input)
        await tx.prisma.cartLine.deleteMany({ where: { userId } })
        return this.placement.place(tx, userId, input, draft, now)
      }),
    )
    return id
  }

  private async draft(tx: Transaction, customer: SignedInViewer, terms: OrderTermsInput): Promise<OrderDraft> {
    const asked = await tx.prisma.$queryRaw<CartRow[]>`
      select item_id as "itemId", quantity, print, unit_amount as "unitAmount"
      from cart_lines where user_id = ${customer.userId}::uuid order by id`
    if (asked.length === 0) throw inputError([{ path: PATH, message: 'there are none: the cart is empty' }])
    // Read once: a price that changes from here on is neither compared nor charged.
    const sources = await this.sources.load(tx, customer, asked)
    const fields = outdatedLines(asked, sources, PATH)
    if (fields.length > 0) {
      const what = fields.map(({ path, message }) => `${path} ${message}`).join('; ')
      throw new DomainError('CONFLICT', `The cart is not what it was: ${what}.`, { fields })
    }
    return this.drafts.draftFrom(tx, { asked, sources, path: PATH }, terms, true)
  }
}
