import type { Headline } from './canvas.js'
import { fontMetrics } from './font.js'
import { type FittedLines, fillLines, fitLines } from './lines.js'
import { escapeXml, n } from './svg.js'
import { posterWords } from './words.js'

const BODY_WEIGHT = 500
const BODY_LEADING = 1.36
/** Capitals stand on the first line; the marks above them have the poster's margin. */
const CAPITALS = 0.78
/** Kerning and rounding make a line a little wider than the sum of its letters. */
const SAFETY = 0.98

/** The words of a poster as SVG, as large as their box allows, with the rest of a long prompt under them. */
export function headlineSvg(prompt: string, box: Headline, instead: string): string {
  const { weight, upperCase = false, tracking = 0, colour, echoes = [] } = box
  const font = fontMetrics(weight)
  const { headline, body } = posterWords(prompt, font, instead)
  const leading = upperCase ? 1.08 : 1.14
  const large = fitLines(
    upperCase ? headline.toUpperCase() : headline,
    { width: box.width * SAFETY, height: box.height * (body ? 0.64 : 1), largest: box.largest, leading },
    (text) => font.widthOf(text) + tracking * text.length,
  )
  const largeHeight = large.lines.length * large.size * leading
  const small = body ? bodyLines(body, box, largeHeight, large.size) : { lines: [], size: 0 }
  const gap = small.lines.length > 0 ? large.size * 0.35 : 0
  const height = largeHeight + gap + small.lines.length * small.size * BODY_LEADING
  const top = box.y + { top: 0, middle: (box.height - height) / 2, bottom: box.height - height }[box.vertical]
  const set = (fill: string, shift: number, attributes = '') =>
    textSvg(
      large,
      box,
      top,
      leading,
      `font-weight="${weight}" fill="${fill}" letter-spacing="${n(tracking * large.size)}" ${attributes}`,
      shift,
    )
  return [
    ...echoes.map(({ colour: fill, shift, attributes }) => set(fill, shift * large.size, attributes)),
    set(colour, 0),
    textSvg(small, box, top + largeHeight + gap, BODY_LEADING, `font-weight="${BODY_WEIGHT}" fill="${colour}"`, 0),
  ].join('')
}

function bodyLines(body: string, box: Headline, above: number, largeSize: number): FittedLines {
  const font = fontMetrics(BODY_WEIGHT)
  const size = Math.max(7, Math.min(largeSize * 0.46, Math.sqrt(box.width * box.height) * 0.042))
  const height = box.height - above - largeSize * 0.35
  return fillLines(body, { width: box.width, height, largest: size, leading: BODY_LEADING }, font.widthOf)
}

function textSvg(
  { lines, size }: FittedLines,
  box: Headline,
  top: number,
  leading: number,
  attributes: string,
  shift: number,
) {
  if (lines.length === 0) return ''
  const x = (box.align === 'middle' ? box.x + box.width / 2 : box.x) + shift
  const spans = lines.map(
    (line, index) =>
      `<tspan x="${n(x)}" y="${n(top + size * (CAPITALS + index * leading))}">${escapeXml(line)}</tspan>`,
  )
  return `<text font-family="Inter" font-size="${n(size)}" text-anchor="${box.align}" ${attributes}>${spans.join('')}</text>`
}
