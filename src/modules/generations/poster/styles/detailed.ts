import { type Box, nearlySquare, type Style } from '../canvas.js'
import type { Random } from '../random.js'
import { circle, n, path, rect, repeat, ring, through } from '../svg.js'

const TAU = Math.PI * 2

interface Inks {
  readonly paper: string
  readonly main: string
  readonly second: string
  readonly third: string
}

const INKS: readonly Inks[] = [
  { paper: '#0d1b2a', main: '#e8c37a', second: '#7fb7be', third: '#f2e9d8' },
  { paper: '#f6f1e4', main: '#16425b', second: '#b23a48', third: '#2f6f62' },
  { paper: '#1b1030', main: '#f0a6ca', second: '#8ecae6', third: '#fff1d6' },
  { paper: '#eef3ea', main: '#1d4d3b', second: '#a8612a', third: '#46618f' },
]

/** Engraving: a rosette of hundreds of fine lines, as on a banknote, over a guilloche ground. */
export const detailed: Style = ({ width, height, art, words, short, type, margin, random }) => {
  const inks = random.pick(INKS)
  const fine = Math.max(0.6, short * 0.0011)
  const rosettes = nearlySquare(art).map((part) => rosette(part, random, inks, fine))
  const inset = margin * 0.34
  const frame = [0, 0.22, 0.5].map((step) =>
    rect(
      inset * (1 + step),
      inset * (1 + step),
      width - inset * 2 * (1 + step),
      height - inset * 2 * (1 + step),
      'none',
      `stroke="${inks.main}" stroke-width="${n(fine * (step === 0 ? 3 : 1))}"`,
    ),
  )
  const pad = margin * 0.3
  const card = { x: words.x - pad * 0.6, y: words.y, width: words.width + pad * 1.2, height: words.height + pad * 0.6 }
  return {
    picture: `${rect(0, 0, width, height, inks.paper)}${waves(width, height, short, random, inks, fine)}${rosettes.join('')}${frame.join('')}
${rect(card.x, card.y, card.width, card.height, inks.paper, `stroke="${inks.main}" stroke-width="${n(fine * 2.4)}"`)}${rect(card.x + pad * 0.3, card.y + pad * 0.3, card.width - pad * 0.6, card.height - pad * 0.6, 'none', `stroke="${inks.second}" stroke-width="${n(fine)}"`)}`,
    headline: {
      x: card.x + pad * 1.1,
      y: card.y + pad * 1.2,
      width: card.width - pad * 2.2,
      height: card.height - pad * 2.4,
      align: 'middle',
      vertical: 'middle',
      colour: inks.third === '#2f6f62' || inks.third === '#46618f' ? inks.main : inks.third,
      weight: 700,
      largest: type * 0.1,
    },
  }
}

function waves(width: number, height: number, short: number, random: Random, inks: Inks, fine: number): string {
  const gap = short * 0.014
  const [bend, drift] = [random.between(1.6, 3.2), random.between(0.1, 0.22)]
  const rows = repeat(height / gap + 4, (row) => {
    const points = Array.from({ length: 73 }, (_, step) => {
      const share = step / 72
      const swing =
        Math.sin(share * TAU * bend * (width / short) + row * drift) * gap * 2.2 +
        Math.sin(share * TAU * 1.1 - row * 0.09) * gap * 1.6
      return [share * width, (row - 1) * gap + swing] as const
    })
    return path(through(points, ''), 'none', `stroke="${row % 6 === 0 ? inks.second : inks.main}"`)
  })
  return `<g stroke-width="${n(fine * 0.8)}" stroke-opacity=".3">${rows}</g>`
}

type Band = (from: number, to: number, petals: number, colour: string) => string

/** Bands of different lace, one around another. */
function rosette({ x, y, width, height }: Box, random: Random, inks: Inks, fine: number): string {
  const radius = Math.min(width, height) * 0.445
  const bands: readonly Band[] = random.shuffled([lace, lace, scales, rays, loops, beads])
  const edges = [0.13, 0.3, 0.44, 0.6, 0.72, 0.86, 1]
  const colours = [inks.main, inks.second, inks.third]
  const petals = random.pick([12, 14, 16, 18])
  const drawn = bands.map((band, index) => {
    const [from, to] = [radius * (edges[index] ?? 0), radius * (edges[index + 1] ?? 1)]
    const colour = colours[index % 3] ?? inks.main
    return band(from, to * 0.985, petals * (index < 2 ? 1 : 2), colour) + ring(0, 0, to, inks.main, fine * 1.6)
  })
  const heart = repeat(8, (ringIndex) =>
    ring(0, 0, radius * 0.014 * (ringIndex + 1), ringIndex % 2 ? inks.second : inks.main, fine),
  )
  return `<g transform="translate(${n(x + width / 2)} ${n(y + height / 2)})" stroke-width="${n(fine)}">${circle(0, 0, radius * 1.06, inks.paper)}${ring(0, 0, radius * 1.06, inks.main, fine * 2.4)}${ring(0, 0, radius * 1.035, inks.second, fine)}${drawn.join('')}${heart}</g>`
}

const polar = (angle: number, far: number) => [Math.cos(angle) * far, Math.sin(angle) * far] as const

/** Waves around the ring, each turned a little against the last: the guilloche proper. */
const lace: Band = (from, to, petals, colour) => {
  const [middle, swing] = [(from + to) / 2, (to - from) / 2]
  return repeat(9, (turn) => {
    const points = Array.from({ length: 360 }, (_, step) => {
      const angle = (step / 360) * TAU
      return polar(angle, middle + Math.sin(angle * petals + (turn / 9) * TAU) * swing * 0.96)
    })
    return path(through(points), 'none', `stroke="${colour}"`)
  })
}

const turned = (count: number, draw: (index: number) => string): string =>
  repeat(count, (index) => `<g transform="rotate(${n((index / count) * 360)})">${draw(index)}</g>`)

/** Petals inside petals. */
const scales: Band = (from, to, petals, colour) => {
  const half = (Math.PI / petals) * from * 1.25
  return turned(petals, () =>
    repeat(5, (inner) => {
      const [tip, wide] = [to - (to - from) * inner * 0.15, half * (1 - inner * 0.17)]
      return path(
        `M${n(from)} ${n(-wide)}Q${n(tip)} ${n(-wide)} ${n(tip)} 0Q${n(tip)} ${n(wide)} ${n(from)} ${n(wide)}`,
        'none',
        `stroke="${colour}"`,
      )
    }),
  )
}

const RAYS = [1, 0.55, 0.75, 0.55, 0.9, 0.55, 0.75, 0.55] as const

const rays: Band = (from, to, petals, colour) =>
  turned(petals * 8, (index) => {
    const end = from + (to - from) * (RAYS[index % RAYS.length] ?? 1)
    return `<path d="M${n(from)} 0H${n(end)}" stroke="${colour}"/>${index % 8 === 4 ? circle(end, 0, (to - from) * 0.06, colour) : ''}`
  })

/** Rings that overlap like a chain. */
const loops: Band = (from, to, petals, colour) => {
  const [middle, radius] = [(from + to) / 2, (to - from) / 2]
  return turned(petals * 2, () =>
    [0.94, 0.66, 0.36].map((share) => ring(middle, 0, radius * share, colour, radius * 0.02 + 0.4)).join(''),
  )
}

const beads: Band = (from, to, petals, colour) => {
  const wide = to - from
  return turned(petals * 2, (index) =>
    index % 2 === 0
      ? circle(from + wide * 0.5, 0, wide * 0.26, colour) + ring(from + wide * 0.5, 0, wide * 0.38, colour, wide * 0.03)
      : circle(from + wide * 0.25, 0, wide * 0.1, colour) +
        circle(from + wide * 0.5, 0, wide * 0.13, colour) +
        circle(from + wide * 0.75, 0, wide * 0.1, colour),
  )
}
