import { describe, expect, it } from 'vitest'
import type { Headline } from './canvas.js'
import { headlineSvg, wordsOf } from './headline.js'

const box: Headline = { x: 50, y: 300, width: 400, height: 120, align: 'start', colour: '#000', weight: 700 }

const placesOf = (svg: string) => [...svg.matchAll(/ y="([\d.]+)"/g)].map((match) => Number(match[1]))

describe('the headline of a poster', () => {
  it.each([
    ['short', 'Хлеб'],
    ['ordinary', 'Кофейня «Утро»: второй кофе в подарок'],
    ['long', 'Большая летняя распродажа садовой мебели '.repeat(20)],
    ['one long word', 'Ы'.repeat(300)],
  ])('%s words stay inside their box', (_name, prompt) => {
    const places = placesOf(headlineSvg(prompt, box))
    expect(places.length).toBeGreaterThan(0)
    expect(Math.min(...places)).toBeGreaterThanOrEqual(box.y)
    expect(Math.max(...places)).toBeLessThanOrEqual(box.y + box.height)
  })

  it('a long prompt is cut at a word, with an ellipsis', () => {
    expect(wordsOf('Слово '.repeat(100))).toMatch(/^(Слово )+Слово…$/)
  })

  it('what the font cannot draw is left out, and something always remains', () => {
    expect(wordsOf('Скидки 🎉 50%')).toBe('Скидки 50%')
    expect(wordsOf('🎉')).toBe('AdTime')
  })

  it('markup in a prompt is only text', () => {
    expect(headlineSvg('<script>', box)).not.toContain('<script>')
  })
})
