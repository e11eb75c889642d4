import type { Clock } from '../../../kernel/clock.js'
import { inputError } from '../../../kernel/domain-error.js'
import { newId } from '../../../kernel/ids.js'
import type { Viewer } from '../../../kernel/viewer.js'
import type { Database } from '../../../platform/database/database.js'
import { inTransaction, type Transaction } from '../../../platform/database/transaction.js'
import { MAX_LINES } from '../create-order.input.js'
import { requireSignedIn } from '../order.policy.js'
import type { Items } from '../order-sources.js'
import { printSpecsOf } from '../print-specs-of.js'
import { lockCart } from './cart-lock.js'
import type { SetCartLineArgs } from './set-cart-line.args.js'

/** Puts items into a cart and takes them out. */
export class CartFilling {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly items: Pick<Items, 'published'>,
  ) {}

  /** Sets how many of an item to order, agreeing to its price of now; 0 takes it out. @throws BAD_USER_INPUT */
  async set(viewer: Viewer, args: SetCartLineArgs): Promise<void> {
    const { userId } = requireSignedIn(viewer)
    await inTransaction(this.database, async (tx) => {
      await lockCart(tx, userId, this.clock.now())
      if (args.quantity === 0) await tx.prisma.cartLine.deleteMany({ where: { userId, itemId: args.itemId } })
      else await this.write(tx, userId, args)
    })
  }

  async clear(viewer: Viewer): Promise<void> {
    const { userId } = requireSignedIn(viewer)
    await inTransaction(this.database, async (tx) => {
      await lockCart(tx, userId, this.clock.now())
      await tx.prisma.cartLine.deleteMany({ where: { userId } })
    })
  }

  private async write(tx: Transaction, userId: string, { itemId, quantity, print }: SetCartLineArgs): Promise<void> {
    const unitAmount = await this.priceOf(tx, itemId)
    const others = await tx.prisma.cartLine.count({ where: { userId, itemId: { not: itemId } } })
    if (others >= MAX_LINES)
      throw inputError([{ path: 'itemId', message: `would be one more than the ${MAX_LINES} items a cart can hold` }])
    const line = { quantity, unitAmount, ...(print && { print: { ...printSpecsOf(print) } }) }
    await tx.prisma.cartLine.upsert({
      where: { userId_itemId: { userId, itemId } },
      create: { id: newId(), userId, itemId, ...line },
      update: line,
      select: { id: true },
    })
  }

  private async priceOf(tx: Transaction, itemId: string): Promise<bigint> {
    const price = (await this.items.published(tx, [itemId])).get(itemId)?.price
    if (!price) throw inputError([{ path: 'itemId', message: 'is not a published item' }])
    // Orders are priced in roubles, and so is what is to become one.
    if (price.currency !== 'RUB') throw inputError([{ path: 'itemId', message: 'is not priced in RUB' }])
    return price.amount
  }
}
