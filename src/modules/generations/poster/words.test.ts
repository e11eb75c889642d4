import { describe, expect, it } from 'vitest'
import { fontMetrics } from './font.js'
import { posterWords } from './words.js'

const wordsOf = (prompt: string) => posterWords(prompt, fontMetrics(700), 'Без слов')

describe('the words of a poster', () => {
  it.each([
    ['Хлеб', 'Хлеб', ''],
    ['  Скидки \n 🎉 50% ', 'Скидки 50%', ''],
    ['при\u0001вет\u200b', 'привет', ''],
    ['и\u0306од', 'йод', ''],
    ['漢字 🎉', 'Без слов', ''],
  ])('%j is the headline %j', (prompt, headline, body) => {
    expect(wordsOf(prompt)).toEqual({ headline, body })
  })

  it('a long prompt loses no words between headline and body, and its headline ends with no preposition', () => {
    const prompt = 'Открытие новой семейной пекарни на углу Невского и Литейного: горячие булочки с корицей'
    const { headline, body } = wordsOf(prompt)
    expect(headline).toBe('Открытие новой семейной пекарни на углу…')
    expect(`${headline.slice(0, -1)} ${body.slice(1)}`).toBe(prompt)
    expect(wordsOf('Большая распродажа всего, что есть на складе в конце этого лета и осени').headline).toMatch(
      /\p{L}{4,}…$/u,
    )
  })

  it('an endless word is cut into pieces', () => {
    const { headline, body } = wordsOf('Ы'.repeat(1_000))
    expect(headline.length).toBeLessThan(64)
    expect(body.split(' ').every((piece) => piece.length < 24)).toBe(true)
  })
})
