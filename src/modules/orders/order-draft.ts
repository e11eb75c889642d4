import type { ProductType } from '../../generated/prisma/enums.js'
import { inputError } from '../../kernel/domain-error.js'
import { MAX_PAYMENT } from '../../kernel/money.js'
import type { SignedInViewer } from '../../kernel/viewer.js'
import type { Transaction } from '../../platform/database/transaction.js'
import type { FactoryCapacity } from '../factories/index.js'
import type { CreateOrderInput, OrderLineInput } from './create-order.input.js'
import { type DraftLine, draftLine } from './draft-line.js'
import { type OrderPrice, priceOrder } from './order-pricing.js'
import type { DesignSource, OrderSources } from './order-sources.js'
import type { OrderTermsInput } from './order-terms.input.js'

/** An order as it would be placed now. */
export interface OrderDraft extends OrderPrice<DraftLine> {
  /** What has to be printed: empty when every line is DIGITAL. */
  readonly printed: readonly ProductType[]
}

/** Lines and, for each, what it is ordered from; null where that was not found. */
export interface SourcedLines {
  readonly asked: readonly OrderLineInput[]
  readonly sources: readonly (DesignSource | null)[]
  /** Where the lines stand for the caller: "input.lines". */
  readonly path: string
}

/** Turns an input into an order with sources, specs and prices; `quote`, `createOrder` and `checkoutCart` all start here, so they cannot differ. */
export class OrderDrafts {
  constructor(
    private readonly sources: OrderSources,
    private readonly factories: FactoryCapacity,
  ) {}

  /** @throws BAD_USER_INPUT with everything that is wrong, by its path */
  async draft(
    tx: Transaction,
    viewer: SignedInViewer,
    input: CreateOrderInput,
    needsAddress: boolean,
  ): Promise<OrderDraft> {
    const sources = await this.sources.load(tx, viewer, input.lines)
    return this.draftFrom(tx, { asked: input.lines, sources, path: 'input.lines' }, input, needsAddress)
  }

  /** The same for lines whose sources were looked at before: what they cost then is what they cost. */
  async draftFrom(
    tx: Transaction,
    { asked, sources, path }: SourcedLines,
    terms: OrderTermsInput,
    needsAddress: boolean,
  ): Promise<OrderDraft> {
    const drafted = asked.map((line, index) => draftLine(line, sources[index] ?? null, `${path}.${index}`))
    const wrong = drafted.flatMap((one) => one.wrong)
    if (needsAddress && !terms.deliveryAddress && drafted.some(({ productType }) => productType !== 'DIGITAL'))
      wrong.push({ path: 'input.deliveryAddress', message: 'is needed unless every line is DIGITAL' })
    if (terms.factoryId && !(await this.factories.exists(tx, terms.factoryId)))
      wrong.push({ path: 'input.factoryId', message: 'is not a factory' })
    if (wrong.length > 0) throw inputError(wrong)
    const lines = drafted.flatMap(({ line }) => line ?? [])
    const price = priceOrder(lines, terms.deadlineDays ?? null)
    if (price.total.amount > MAX_PAYMENT) throw inputError([{ path, message: tooDear }])
    const types = new Set(lines.map(({ productType }) => productType))
    return { ...price, printed: [...types].filter((type) => type !== 'DIGITAL') }
  }
}

const tooDear = 'cost over 1 000 000 RUB together, which cannot be paid at once; place several orders'
