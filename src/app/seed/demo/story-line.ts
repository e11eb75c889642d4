import type { Prisma } from '../../../generated/prisma/client.js'
import type { ProductType } from '../../../generated/prisma/enums.js'
import { money } from '../../../kernel/money.js'
import type { PricedLine, priceOrder } from '../../../modules/orders/index.js'
import { demoId } from './demo-calendar.js'
import type { DemoGeneration } from './demo-generations.js'
import type { DemoItem } from './demo-items.js'

interface LineBase {
  readonly productType: ProductType
  readonly quantity: number
}

/** What is ordered: a design from the marketplace, or the customer's own generation. */
export type StoryLine =
  | (LineBase & { readonly item: DemoItem })
  | (LineBase & {
      readonly generation: DemoGeneration
      readonly elements: readonly string[]
      readonly widthMm: number
      readonly heightMm: number
    })

export const itemLine = (item: DemoItem, quantity = 1): StoryLine => ({ item, productType: item.productType, quantity })

export const pricedLine = (line: StoryLine): PricedLine =>
  'item' in line
    ? { kind: 'item', price: money(line.item.priceAmount), quantity: line.quantity }
    : { kind: 'generation', elements: line.elements.length, quantity: line.quantity }

interface Placed {
  readonly orderId: string
  readonly position: number
  readonly at: Date
  readonly price: ReturnType<typeof priceOrder>['lines'][number] | undefined
}

export function lineRow(line: StoryLine, { orderId, position, at, price }: Placed): Prisma.OrderLineCreateManyInput {
  const { productType, quantity } = line
  const print = printOf(line)
  return {
    id: demoId(at, `line ${position} of ${orderId}`),
    orderId,
    position,
    itemId: 'item' in line ? line.item.id : null,
    generationId: 'generation' in line ? line.generation.id : null,
    title: 'item' in line ? line.item.title : line.generation.prompt,
    productType,
    ...(print && { print }),
    quantity,
    unitAmount: price?.unitPrice.amount ?? 0n,
    totalAmount: price?.total.amount ?? 0n,
  }
}

function printOf(line: StoryLine): Prisma.InputJsonObject | null {
  if ('item' in line) return line.item.print
  const { widthMm, heightMm, elements } = line
  return {
    widthMm,
    heightMm,
    material: 'Vinyl 440 g',
    finish: 'Hem and eyelets',
    colorProfile: 'CMYK',
    elements: [...elements],
  }
}
