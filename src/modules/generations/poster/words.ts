import type { FontMetrics } from './font.js'

const WHOLE = 64
const FIRST_WORDS = 46
const LONGEST_WORD = 24
const PIECE = 15

/** A prompt as a poster says it: large words, and what there was no room for, smaller. */
export interface PosterWords {
  readonly headline: string
  readonly body: string
}

/**
 * A short prompt is all headline. Of a long one the first words are, with an ellipsis; the rest is the body.
 * Characters the font cannot draw are left out; when none is left, the headline is `instead`.
 */
export function posterWords(prompt: string, font: FontMetrics, instead: string): PosterWords {
  const text = drawable(prompt, font)
  if (text === '') return { headline: instead, body: '' }
  if (text.length <= WHOLE) return { headline: withPieces(text), body: '' }
  const words = withPieces(text).split(' ')
  const count = headlineCount(words)
  return {
    headline: `${words
      .slice(0, count)
      .join(' ')
      .replace(/[\s\p{P}]+$/u, '')}…`,
    body: `…${words.slice(count).join(' ')}`,
  }
}

const drawable = (prompt: string, font: FontMetrics): string =>
  Array.from(prompt.normalize('NFC'), (character) => (/\s/.test(character) ? ' ' : character))
    .filter((character) => font.draws(character) && !/[\p{C}\p{M}]/u.test(character))
    .join('')
    .replace(/ +/g, ' ')
    .trim()

/** A word that no line could hold is cut: nothing may leave the frame. */
const withPieces = (text: string): string =>
  text
    .split(' ')
    .map((word) =>
      word.length <= LONGEST_WORD ? word : (word.match(new RegExp(`.{1,${PIECE}}`, 'gu')) ?? []).join('- '),
    )
    .join(' ')

function headlineCount(words: readonly string[]): number {
  let length = 0
  let count = 0
  for (const word of words) {
    length += word.length + 1
    if (count > 0 && length > FIRST_WORDS) break
    count++
  }
  // A headline does not end with a preposition.
  while (count > 1 && /^[\p{L}\p{P}]{1,3}$/u.test(words[count - 1] ?? '')) count--
  return count
}
