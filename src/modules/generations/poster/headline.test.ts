import { Resvg } from '@resvg/resvg-js'
import { describe, expect, it } from 'vitest'
import type { Headline } from './canvas.js'
import { fontFiles } from './font.js'
import { headlineSvg } from './headline.js'

const box: Headline = {
  x: 60,
  y: 60,
  width: 400,
  height: 160,
  align: 'start',
  vertical: 'top',
  colour: '#000',
  weight: 900,
  largest: 70,
}
const SIDE = { width: 520, height: 280 }
/** The marks of capitals such as Й stand above the box, in the poster's margin. */
const MARKS = 16

/** Where there is ink, as "x,y" of pixels. */
function inkOf(prompt: string, changes: Partial<Headline> = {}): [number, number][] {
  const text = headlineSvg(prompt, { ...box, ...changes }, 'Без слов')
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${SIDE.width}" height="${SIDE.height}">${text}</svg>`
  const font = { loadSystemFonts: false, fontFiles: Object.values(fontFiles), defaultFontFamily: 'Inter' }
  const { pixels } = new Resvg(svg, { font }).render()
  return Array.from({ length: SIDE.width * SIDE.height }, (_, index) => index)
    .filter((index) => (pixels[index * 4 + 3] ?? 0) > 60)
    .map((index) => [index % SIDE.width, Math.floor(index / SIDE.width)])
}

const linesOf = (prompt: string) =>
  [...headlineSvg(prompt, box, 'Без слов').matchAll(/<tspan[^>]*>([^<]*)</g)].map((match) => match[1])

describe('the headline of a poster', () => {
  it.each([
    ['short', 'Дом'],
    ['ordinary', 'Кофейня «Утро»: второй кофе в подарок'],
    ['as long as prompts may be', 'Большая летняя распродажа садовой мебели '.repeat(25).slice(0, 1_000)],
    ['of the widest letters', 'ЩЩЩЩЩЩЩ ШШШШШШШШ ЖЖЖЖЖЖ ЮЮЮЮЮЮЮЮЮЮ'],
    ['one endless word', 'Щ'.repeat(1_000)],
    ['Latin', 'WWWWWWWW MMMMMMMMM @@@@@@@@@'],
  ])('%s words are drawn, and stay inside their box', (_name, prompt) => {
    for (const weight of [300, 500, 700, 900] as const) {
      const ink = inkOf(prompt, { weight, upperCase: true, tracking: 0.05 })
      expect(ink.length).toBeGreaterThan(300)
      const outside = ink.filter(
        ([x, y]) => x < box.x - 4 || x > box.x + box.width || y < box.y - MARKS || y > box.y + box.height,
      )
      expect(outside).toEqual([])
    }
  })

  it('different Cyrillic words of one length look different: they are letters, not boxes', () => {
    expect(inkOf('Мёд')).not.toEqual(inkOf('Лён'))
    expect(inkOf('Мёд')).toEqual(inkOf('Мёд'))
  })

  it('a long prompt is cut after its first words, and goes on in smaller ones', () => {
    const svg = headlineSvg(`${'Скидки на всё '.repeat(30)}конец`, box, 'Без слов')
    const sizes = [...svg.matchAll(/font-size="([\d.]+)"/g)].map((match) => Number(match[1]))
    expect(sizes).toHaveLength(2)
    expect(sizes[1]).toBeLessThan((sizes[0] ?? 0) / 1.8)
    expect(svg).toContain('…</tspan></text>')
  })

  it('an emoji is left out of the words, and something always remains', () => {
    expect(linesOf('Торт 🎂')).toEqual(['Торт'])
    expect(linesOf('🎂🎉')).toEqual(linesOf('Без слов'))
    expect(inkOf('🎂🎉').length).toBeGreaterThan(300)
  })

  it('markup in a prompt is only text', () => {
    const svg = headlineSvg('<b>&"\'', box, 'Без слов')
    expect(svg).not.toContain('<b>')
    expect(inkOf('<b>&"\'').length).toBeGreaterThan(300)
  })
})
