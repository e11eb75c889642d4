/** How wide a text is, as a share of the size of its letters. */
export type Measure = (text: string) => number

/** Words set one after another, up to `width`; a short word goes with the next one. */
export function wrap(text: string, width: number, measure: Measure): string[] {
  const lines: string[] = []
  for (const word of text.replace(/(?<=^|\s)([\p{L}]{1,2}) /gu, '$1\u00a0').split(' ')) {
    const last = lines.at(-1)
    if (last !== undefined && measure(`${last} ${word}`) <= width) lines[lines.length - 1] = `${last} ${word}`
    else lines.push(word)
  }
  return lines
}

export interface FittedLines {
  readonly lines: readonly string[]
  /** Pixels. */
  readonly size: number
}

interface Room {
  readonly width: number
  readonly height: number
  /** Pixels. */
  readonly largest: number
  /** From one line to the next, as a share of the size. */
  readonly leading: number
}

const SMALLER = 0.96
const SMALLEST = 3

/** The largest lines that fit into the room, as even as their number allows. */
export function fitLines(text: string, { width, height, largest, leading }: Room, measure: Measure): FittedLines {
  for (let size = largest; ; size *= SMALLER) {
    const lines = wrap(text, width / size, measure)
    const fits = lines.length * leading * size <= height && lines.every((words) => measure(words) * size <= width)
    if (fits || size < SMALLEST) return { lines: evened(text, lines, width / size, measure), size }
  }
}

/** Narrows the column while the number of lines stays: no single word is left on the last one. */
function evened(text: string, lines: string[], width: number, measure: Measure): string[] {
  let even = lines
  for (let share = 0.97; share > 0.4; share -= 0.03) {
    const narrower = wrap(text, width * share, measure)
    if (narrower.length > lines.length || narrower.some((words) => measure(words) > width * share)) break
    even = narrower
  }
  return even
}

/** The lines there is room for at this size; an ellipsis ends them when there were more. */
export function fillLines(text: string, { width, height, largest, leading }: Room, measure: Measure): FittedLines {
  const count = Math.floor(height / (largest * leading))
  const all = wrap(text, (width * 0.97) / largest, measure)
  const lines = all.slice(0, Math.max(0, count))
  const last = lines.at(-1)
  // The last word makes room for the ellipsis.
  if (last !== undefined && all.length > lines.length)
    lines[lines.length - 1] = `${last.replace(/[\s\p{P}]*\s\S*$/u, '')}…`
  return { lines, size: largest }
}
