import type { ProductType } from '../../generated/prisma/enums.js'
import type { WrongField } from '../../kernel/domain-error.js'
import type { PrintSpecs } from '../marketplace/index.js'
import type { OrderLineInput } from './create-order.input.js'
import type { PricedLine } from './order-pricing.js'
import type { DesignSource } from './order-sources.js'
import { printSpecsOf } from './print-specs-of.js'
import { type PrintWarning, warnAboutPrint } from './print-warnings.js'

export type DraftLine = PricedLine & {
  readonly itemId: string | null
  readonly generationId: string | null
  readonly title: string
  readonly productType: ProductType
  readonly print: PrintSpecs | null
  readonly warnings: readonly PrintWarning[]
}

export interface DraftedLine {
  /** Null as long as it is unknown. */
  readonly productType: ProductType | null
  /** Null when anything is wrong. */
  readonly line: DraftLine | null
  readonly wrong: readonly WrongField[]
}

/**
 * One line of an order from what was asked for and what was found.
 * @param source null when it was not found
 * @param path of the line in the arguments: "input.lines.0"
 */
export function draftLine(asked: OrderLineInput, source: DesignSource | null, path: string): DraftedLine {
  const { itemId = null, generationId = null, quantity } = asked
  const productType = source?.productType ?? asked.productType ?? null
  const wrong = wrongFields(asked, source, path)
  if (wrong.length > 0 || !source || !productType) return { productType, line: null, wrong }
  const print = asked.print ? printSpecsOf(asked.print) : null
  const pricing: PricedLine = source.price
    ? { kind: 'item', price: source.price, quantity }
    : { kind: 'generation', elements: print?.elements.length ?? 0, quantity }
  const warnings = print ? warnAboutPrint({ productType, ...print }, source.picture) : []
  return {
    productType,
    line: { ...pricing, itemId, generationId, title: source.title, productType, print, warnings },
    wrong,
  }
}

function wrongFields(asked: OrderLineInput, source: DesignSource | null, path: string): WrongField[] {
  const { itemId, generationId, productType, print } = asked
  if ((itemId == null) === (generationId == null))
    return [{ path: `${path}.itemId`, message: 'give exactly one of itemId and generationId' }]
  const type = source?.productType ?? productType
  const rules: readonly [isBroken: boolean, field: string, message: string][] = [
    [!source && itemId != null, 'itemId', 'is not a published item'],
    [!source && generationId != null, 'generationId', 'is not a completed generation of yours'],
    [generationId != null && !productType, 'productType', 'is needed with generationId'],
    [Boolean(productType) && productType !== type, 'productType', `must be ${type}, as the item is`],
    [Boolean(type) && type !== 'DIGITAL' && !print, 'print', 'is needed unless the line is DIGITAL'],
    [Boolean(source?.price) && source?.price?.currency !== 'RUB', 'itemId', 'is not priced in RUB'],
  ]
  return rules.filter(([isBroken]) => isBroken).map(([, field, message]) => ({ path: `${path}.${field}`, message }))
}
