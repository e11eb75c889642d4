import { describe, expect, it, test } from 'vitest'
import type { ProductType } from '../../generated/prisma/enums.js'
import { REQUIRED_DPI, warnAboutPrint } from './print-warnings.js'

const print = (productType: ProductType, widthMm: number, heightMm: number) => ({
  productType,
  widthMm,
  heightMm,
  colorProfile: 'RGB' as const,
})
const png = (width: number, height: number) => ({ size: { width, height }, isRgb: true })
const kinds = (...args: Parameters<typeof warnAboutPrint>) => warnAboutPrint(...args).map(({ kind }) => kind)

describe('resolution', () => {
  test.each([
    // A square inch a side is 25.4 mm, so 254 mm hold 10 inches.
    ['BANNER', 254, 1_000, []],
    ['BANNER', 254, 999, ['LOW_RESOLUTION']],
    ['STANDEE', 254, 1_000, []],
    ['STANDEE', 254, 999, ['LOW_RESOLUTION']],
    ['BILLBOARD', 2_540, 3_000, []],
    ['BILLBOARD', 2_540, 2_999, ['LOW_RESOLUTION']],
    ['DIGITAL', 20_000, 16, []],
  ] as const)('of a %s with %i mm from %i pixels warns %j', (type, side, pixels, expected) => {
    expect(kinds(print(type, side, side), png(pixels, pixels))).toEqual(expected)
  })

  it('is told as whole dots per inch of the worse side', () => {
    expect(warnAboutPrint(print('BANNER', 3_000, 2_000), png(1_536, 1_024))[0]?.dpi).toBe(13)
  })

  it('is not judged when the size of the picture is unknown', () => {
    expect(kinds(print('BANNER', 3_000, 1_000), { size: null, isRgb: true })).toEqual([])
  })
})

describe('proportions', () => {
  test.each([
    [1_000, 1_000, []],
    [1_050, 1_000, []],
    [1_060, 1_000, ['ASPECT_MISMATCH']],
    [1_000, 1_060, ['ASPECT_MISMATCH']],
  ] as const)('of %i x %i mm from a square picture warn %j', (width, height, expected) => {
    expect(kinds(print('BANNER', width, height), png(9_000, 9_000))).toEqual(expected)
  })
})

describe('colours', () => {
  test.each([
    ['CMYK', true, ['RGB_SOURCE']],
    ['CMYK', false, []],
    ['RGB', true, []],
  ] as const)('asked for in %s from a picture that is RGB: %s warn %j', (colorProfile, isRgb, expected) => {
    expect(kinds({ ...print('BANNER', 100, 100), colorProfile }, { ...png(900, 900), isRgb })).toEqual(expected)
  })
})

it('names a threshold for every product type', () => {
  expect(REQUIRED_DPI).toEqual({ BANNER: 100, STANDEE: 100, BILLBOARD: 30, DIGITAL: 0 })
})
