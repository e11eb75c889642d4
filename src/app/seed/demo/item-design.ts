import type { ItemStatus, ProductType } from '../../../generated/prisma/enums.js'

/** A design for sale, as its maker wrote it. */
export interface ItemDesign {
  readonly title: string
  readonly description: string
  /** Whole roubles. */
  readonly rub: number
  readonly tags: readonly string[]
  readonly style: string
  /** What its preview says. */
  readonly words: string
  /** PUBLISHED unless told. */
  readonly status?: ItemStatus
}

/** The designs of one product type. */
export interface ItemShelf {
  readonly productType: ProductType
  /** Pixels; in the proportions of the print. */
  readonly preview: { readonly width: number; readonly height: number }
  /** Null for what is not printed. */
  readonly print: {
    readonly widthMm: number
    readonly heightMm: number
    readonly material: string
    readonly finish: string
  } | null
  readonly designs: readonly ItemDesign[]
}
