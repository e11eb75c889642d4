import { addMoney, type Money, money, rubles, timesMoney } from '../../kernel/money.js'

const FIRST_ELEMENT = rubles(1_000)
const FURTHER_ELEMENT = rubles(500)
const RUSH_FEE = rubles(200)
const RUSH_BELOW_DAYS = 7

/** What one line is priced by: an item has its own price, a generated design is priced by its number of elements. */
export type PricedLine =
  | { readonly kind: 'item'; readonly price: Money; readonly quantity: number }
  | { readonly kind: 'generation'; readonly elements: number; readonly quantity: number }

export interface LinePrice {
  readonly unitPrice: Money
  readonly total: Money
}

export interface OrderPrice<Line> {
  /** The lines as they came, with their prices. */
  readonly lines: readonly (Line & LinePrice)[]
  readonly subtotal: Money
  readonly rushFee: Money
  readonly total: Money
}

/** 1000 roubles with the first element, 500 for each further one. No elements cost what one costs. */
const generationPrice = (elements: number): Money =>
  addMoney(FIRST_ELEMENT, timesMoney(FURTHER_ELEMENT, Math.max(0, elements - 1)))

/**
 * The price of an order in kopecks. Every line must be in roubles.
 * @param deadlineDays days the customer gives; under 7 costs a rush fee once per order
 */
export function priceOrder<Line extends PricedLine>(
  lines: readonly Line[],
  deadlineDays: number | null,
): OrderPrice<Line> {
  const priced = lines.map((line) => {
    const unitPrice = line.kind === 'item' ? line.price : generationPrice(line.elements)
    return { ...line, unitPrice, total: timesMoney(unitPrice, line.quantity) }
  })
  const subtotal = priced.reduce((sum, line) => addMoney(sum, line.total), money(0n))
  const rushFee = deadlineDays !== null && deadlineDays < RUSH_BELOW_DAYS ? RUSH_FEE : money(0n)
  return { lines: priced, subtotal, rushFee, total: addMoney(subtotal, rushFee) }
}
