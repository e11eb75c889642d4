import type { ProductType } from '../../generated/prisma/enums.js'

interface PrintSizeOption {
  readonly name: string
  readonly widthMm: number
  readonly heightMm: number
}

interface PrintOptionSet {
  readonly sizes: readonly PrintSizeOption[]
  readonly materials: readonly string[]
  readonly finishes: readonly string[]
}

const size = (name: string, widthMm: number, heightMm: number): PrintSizeOption => ({ name, widthMm, heightMm })

/** What factories usually print, offered to choose from. Other sizes and materials may be ordered. */
const options: Readonly<Record<ProductType, PrintOptionSet>> = {
  BANNER: {
    sizes: [
      size('1 x 0.5 m', 1_000, 500),
      size('2 x 1 m', 2_000, 1_000),
      size('3 x 1 m', 3_000, 1_000),
      size('3 x 2 m', 3_000, 2_000),
      size('6 x 3 m', 6_000, 3_000),
    ],
    materials: ['Vinyl 440 g', 'Vinyl 510 g', 'Mesh', 'Polyester fabric'],
    finishes: ['Hem and eyelets', 'Pole pockets', 'Cut to size'],
  },
  STANDEE: {
    sizes: [
      size('Roll-up 0.85 x 2 m', 850, 2_000),
      size('Roll-up 1 x 2 m', 1_000, 2_000),
      size('X-banner 0.6 x 1.6 m', 600, 1_600),
      size('Cut-out 0.6 x 1.8 m', 600, 1_800),
    ],
    materials: ['Polypropylene film', 'Polyester fabric', 'Foam board 5 mm', 'Cardboard 10 mm'],
    finishes: ['Matte lamination', 'Gloss lamination'],
  },
  BILLBOARD: {
    sizes: [
      size('City format 1.2 x 1.8 m', 1_200, 1_800),
      size('City board 3.7 x 2.7 m', 3_700, 2_700),
      size('Billboard 6 x 3 m', 6_000, 3_000),
      size('Supersite 15 x 5 m', 15_000, 5_000),
    ],
    materials: ['Blueback paper 120 g', 'Vinyl 510 g', 'Mesh'],
    finishes: ['Posted in sheets', 'Welded edges', 'Cut to size'],
  },
  DIGITAL: { sizes: [], materials: [], finishes: [] },
}

export const optionsFor = (productType: ProductType) => {
  const { sizes, materials, finishes } = options[productType]
  return { productType, sizes: [...sizes], materials: [...materials], finishes: [...finishes] }
}
