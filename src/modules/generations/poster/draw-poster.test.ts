import { performance } from 'node:perf_hooks'
import { Resvg } from '@resvg/resvg-js'
import { describe, expect, it } from 'vitest'
import { generationStyles } from '../generation-styles.js'
import { drawPoster, posterSvg } from './draw-poster.js'

const request = { prompt: 'Свежий хлеб каждое утро', style: 'malevich', width: 512, height: 512, seed: 1 }
const styles = [...generationStyles.map(({ id }) => id), 'none of them']

const sizeOf = (png: Uint8Array): [number, number] => {
  const view = new DataView(png.buffer, png.byteOffset)
  return [view.getUint32(16), view.getUint32(20)]
}

const draw = async (changes: Partial<typeof request>) => Buffer.from(await drawPoster({ ...request, ...changes }))

describe('posters', () => {
  it('the same request gives the same bytes, another seed or prompt others', async () => {
    const first = await draw({})
    expect((await draw({})).equals(first)).toBe(true)
    expect((await draw({ seed: 2 })).equals(first)).toBe(false)
    expect((await draw({ prompt: 'Свежий хлеб каждый вечер' })).equals(first)).toBe(false)
    expect(Buffer.from(await drawPoster({ ...request, negativePrompt: 'люди' })).equals(first)).toBe(false)
  })

  it.each([
    [256, 256],
    [256, 2048],
    [2048, 256],
    [1024, 576],
    [2048, 2048],
  ])('a poster of %i x %i has exactly that size', async (width, height) => {
    expect(sizeOf(await draw({ width, height }))).toEqual([width, height])
  })

  it('every style draws its own picture', () => {
    const posters = styles.map((style) => posterSvg({ ...request, style }))
    expect(new Set(posters).size).toBe(styles.length)
  })

  // Resvg ends the whole process when something that needs a layer of its own lies outside the picture.
  it.each(styles)('%s can be drawn in any shape, whatever the dice say', (style) => {
    for (const [width, height] of [
      [256, 256],
      [640, 256],
      [256, 512],
    ] as const)
      for (let seed = 0; seed < 2; seed++)
        expect(new Resvg(posterSvg({ ...request, style, width, height, seed })).render()).toMatchObject({
          width,
          height,
        })
  })

  it.each(styles)('%s takes any numbers without losing one', (style) => {
    const all = Array.from({ length: 10 }, (_, seed) => posterSvg({ ...request, style, seed })).join('')
    expect(all).not.toMatch(/NaN|undefined|Infinity/)
  })

  it.each([
    ['a thousand characters', 'Скидки '.repeat(142).trim()],
    ['a word longer than any line', 'Ы'.repeat(1_000)],
    ['markup', '<b>&"\'</svg>]]>'],
    ['nothing a font could draw', '🎉🎉🎉'],
    ['control characters', 'при\u0001вет\u200b'],
    ['half of a character', 'хлеб \ud83c'],
  ])('%s is drawn all the same', async (_name, prompt) => {
    expect((await draw({ prompt, width: 256, height: 256 })).byteLength).toBeGreaterThan(1_000)
  })

  it('the event loop stays free during the largest drawing', async () => {
    await draw({ style: 'detailed' })
    const before = performance.eventLoopUtilization()
    await draw({ style: 'detailed', width: 2048, height: 2048 })
    expect(performance.eventLoopUtilization(before).utilization).toBeLessThan(0.5)
  })
})
