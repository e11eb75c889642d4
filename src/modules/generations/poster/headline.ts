import { type Headline, n } from './canvas.js'

/** The widths of Inter's letters differ; these are its averages as a share of the size, by weight. */
const LETTER = { 400: 0.57, 700: 0.62, 900: 0.68 } as const
const LINE = 1.16
const MAX_WORDS_CHARACTERS = 140

const escapeXml = (text: string): string => text.replace(/[&<>"']/g, (character) => `&#${character.codePointAt(0)};`)

/** The first words of a prompt, with an ellipsis when there were more; only characters that the font can draw. */
export function wordsOf(prompt: string): string {
  const drawable = prompt
    .normalize('NFC')
    .replace(/[^\p{Script=Latin}\p{Script=Cyrillic}\p{Script=Greek}\p{N}\p{P}\p{Sc}\s+=<>|~]/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim()
  if (drawable === '') return 'AdTime'
  if (drawable.length <= MAX_WORDS_CHARACTERS) return drawable
  const cut = drawable.slice(0, MAX_WORDS_CHARACTERS)
  return `${cut.slice(0, Math.max(cut.lastIndexOf(' '), 60)).trimEnd()}…`
}

function wrap(text: string, perLine: number): string[] {
  const lines: string[] = []
  for (const word of text.split(' ')) {
    // A word longer than a line is cut: nothing may leave the frame.
    const pieces = word.match(new RegExp(`.{1,${perLine}}`, 'gsu')) ?? []
    for (const piece of pieces) {
      const last = lines.at(-1)
      if (last !== undefined && last.length + 1 + piece.length <= perLine) lines[lines.length - 1] = `${last} ${piece}`
      else lines.push(piece)
    }
  }
  return lines
}

/** The words as SVG, as large as their box allows. */
export function headlineSvg(prompt: string, box: Headline): string {
  const text = box.upperCase ? wordsOf(prompt).toUpperCase() : wordsOf(prompt)
  const letter = LETTER[box.weight] * (box.upperCase ? 1.12 : 1)
  const longest = Math.max(...text.split(' ').map((word) => word.length))
  let size = Math.min(box.height / LINE, box.width / 5)
  let lines: string[] = []
  for (; size > 6; size *= 0.94) {
    const perLine = Math.max(1, Math.floor(box.width / (size * letter)))
    lines = wrap(text, perLine)
    const keepsWords = longest <= perLine || size < box.width / 24
    if (keepsWords && lines.length * size * LINE <= box.height) break
  }
  const x = box.align === 'middle' ? box.x + box.width / 2 : box.x
  const top = box.y + (box.height - lines.length * size * LINE) / 2
  const spans = lines.map(
    (line, index) => `<tspan x="${n(x)}" y="${n(top + size * (0.95 + index * LINE))}">${escapeXml(line)}</tspan>`,
  )
  return `<text font-family="Inter" font-weight="${box.weight}" font-size="${n(size)}" fill="${box.colour}" text-anchor="${box.align}" ${box.attributes ?? ''}>${spans.join('')}</text>`
}
