import { describe, expect, it } from 'vitest'
import { generationStyles } from '../generation-styles.js'
import { drawPoster } from './draw-poster.js'

const request = { prompt: 'Свежий хлеб каждое утро', style: 'malevich', width: 512, height: 512, seed: 1 }

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

  it('every style draws its own picture', async () => {
    const posters = await Promise.all(
      [...generationStyles.map(({ id }) => id), 'plain'].map((style) => draw({ style, width: 256, height: 256 })),
    )
    expect(new Set(posters.map((poster) => poster.toString('base64'))).size).toBe(posters.length)
  })

  it.each([
    ['a thousand characters', 'Скидки '.repeat(142).trim()],
    ['a word longer than any line', 'Ы'.repeat(1_000)],
    ['markup', '<b>&"\'</svg>]]>'],
    ['nothing a font could draw', '🎉🎉🎉'],
    ['control characters', 'при\u0001вет\u200b'],
  ])('%s is drawn all the same', async (_name, prompt) => {
    expect((await draw({ prompt, width: 256, height: 256 })).byteLength).toBeGreaterThan(1_000)
  })

  it('drawing leaves the event loop free', async () => {
    let turns = 0
    const counting = setInterval(() => turns++, 1)
    await draw({ style: 'detailed', width: 2048, height: 2048 })
    clearInterval(counting)
    expect(turns).toBeGreaterThan(10)
  })
})
