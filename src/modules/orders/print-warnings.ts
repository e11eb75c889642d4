import type { ColorProfile, ProductType } from '../../generated/prisma/enums.js'
import type { PrintWarningKind } from './print-warning-kinds.js'

const MM_PER_INCH = 25.4
/** How much of a side may be cropped or stretched before it is worth a word. */
const ASPECT_TOLERANCE = 0.05

/**
 * Dots per inch below which the print looks coarse from where it is usually seen: a standee and a banner from a metre or two, a
 * billboard from across the street. Nothing is printed of DIGITAL.
 */
export const REQUIRED_DPI: Readonly<Record<ProductType, number>> = {
  BANNER: 100,
  STANDEE: 100,
  BILLBOARD: 30,
  DIGITAL: 0,
}

export interface PrintWarning {
  readonly kind: PrintWarningKind
  readonly message: string
  /** What the picture has at this size; null where resolution is not the matter. */
  readonly dpi: number | null
}

export interface Printing {
  readonly productType: ProductType
  readonly widthMm: number
  readonly heightMm: number
  readonly colorProfile: ColorProfile
}

export interface Picture {
  /** In pixels; null when unknown, and then nothing is said about resolution and proportions. */
  readonly size: { readonly width: number; readonly height: number } | null
  /** Whether the file can only hold screen colours, as a PNG does. */
  readonly isRgb: boolean
}

/** What a customer should know before printing this picture like this. Advice: it never stops an order. */
export function warnAboutPrint(print: Printing, picture: Picture): PrintWarning[] {
  if (print.productType === 'DIGITAL') return []
  return [...aboutResolution(print, picture), ...aboutAspect(print, picture), ...aboutColours(print, picture)]
}

function aboutResolution({ productType, widthMm, heightMm }: Printing, { size }: Picture): PrintWarning[] {
  if (!size) return []
  const dpi = Math.floor(Math.min(size.width / (widthMm / MM_PER_INCH), size.height / (heightMm / MM_PER_INCH)))
  const required = REQUIRED_DPI[productType]
  if (dpi >= required) return []
  return [
    {
      kind: 'LOW_RESOLUTION',
      message: `The picture has ${dpi} dots per inch at this size; ${required} or more look sharp. Choose a smaller size or a larger picture.`,
      dpi,
    },
  ]
}

function aboutAspect({ widthMm, heightMm }: Printing, { size }: Picture): PrintWarning[] {
  if (!size) return []
  const ratio = widthMm / heightMm / (size.width / size.height)
  if (Math.max(ratio, 1 / ratio) <= 1 + ASPECT_TOLERANCE) return []
  return [
    {
      kind: 'ASPECT_MISMATCH',
      message: 'The picture has other proportions than the print: part of it will be cropped or left blank.',
      dpi: null,
    },
  ]
}

function aboutColours({ colorProfile }: Printing, { isRgb }: Picture): PrintWarning[] {
  if (colorProfile !== 'CMYK' || !isRgb) return []
  return [
    {
      kind: 'RGB_SOURCE',
      message:
        'The picture is in screen colours and will be converted for the press: bright tones may come out duller.',
      dpi: null,
    },
  ]
}
