import { describe, expect, it } from 'vitest'
import { money } from '../../kernel/money.js'
import type { OrderLineInput } from './create-order.input.js'
import { draftLine } from './draft-line.js'
import type { DesignSource } from './order-sources.js'

const print = {
  widthMm: 1_000,
  heightMm: 1_000,
  material: 'Vinyl',
  colorProfile: 'RGB',
  elements: ['logo', 'phone'],
} as const
const item: DesignSource = {
  title: 'An item',
  productType: 'BANNER',
  price: money(5_000n),
  picture: { size: { width: 9_000, height: 9_000 }, isRgb: false },
}
const generation: DesignSource = { ...item, title: 'A prompt', productType: null, price: null }
const asked = (line: object) => ({ quantity: 2, ...line }) as OrderLineInput
const wrong = (line: object, source: DesignSource | null) =>
  draftLine(asked(line), source, 'input.lines.3').wrong.map(({ path }) => path)

describe('a line', () => {
  it('of an item takes type, title and price from the item', () => {
    expect(draftLine(asked({ itemId: 'i', print }), item, 'l').line).toEqual({
      kind: 'item',
      price: money(5_000n),
      quantity: 2,
      itemId: 'i',
      generationId: null,
      title: 'An item',
      productType: 'BANNER',
      print: { ...print, finish: null },
      warnings: [],
    })
  })

  it('of a generation is priced by the elements of its print', () => {
    const { line } = draftLine(asked({ generationId: 'g', productType: 'STANDEE', print }), generation, 'l')
    expect(line).toMatchObject({ kind: 'generation', elements: 2, productType: 'STANDEE', title: 'A prompt' })
  })

  it('that is DIGITAL needs no print', () => {
    const { line } = draftLine(asked({ generationId: 'g', productType: 'DIGITAL' }), generation, 'l')
    expect(line).toMatchObject({ elements: 0, print: null, warnings: [] })
  })
})

describe('what is wrong stands at its path:', () => {
  it('neither or both sources', () => {
    expect(wrong({ print }, null)).toEqual(['input.lines.3.itemId'])
    expect(wrong({ itemId: 'i', generationId: 'g', print }, item)).toEqual(['input.lines.3.itemId'])
  })

  it('an unknown source', () => {
    expect(wrong({ itemId: 'i', print }, null)).toEqual(['input.lines.3.itemId'])
    expect(wrong({ generationId: 'g', productType: 'BANNER', print }, null)).toEqual(['input.lines.3.generationId'])
  })

  it('a generation without a product type', () => {
    expect(wrong({ generationId: 'g', print }, generation)).toEqual(['input.lines.3.productType'])
  })

  it("another product type than the item's", () => {
    expect(wrong({ itemId: 'i', productType: 'STANDEE', print }, item)).toEqual(['input.lines.3.productType'])
  })

  it('a missing print, together with everything else', () => {
    expect(wrong({ itemId: 'i' }, item)).toEqual(['input.lines.3.print'])
    expect(wrong({ generationId: 'g', productType: 'BANNER' }, null)).toEqual([
      'input.lines.3.generationId',
      'input.lines.3.print',
    ])
  })

  it('an item in another currency', () => {
    expect(wrong({ itemId: 'i', print }, { ...item, price: money(1n, 'USD') })).toEqual(['input.lines.3.itemId'])
  })
})
