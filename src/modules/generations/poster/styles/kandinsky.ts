import { type Box, nearlySquare, type Style } from '../canvas.js'
import type { Random } from '../random.js'
import { circle, halo, line, path, placed, rect, repeat, ring, through } from '../svg.js'

const INK = '#1a1820'
const COLOURS = ['#d8322e', '#1f4fa3', '#f0b323', '#2c8c78', '#6b3f8f', '#e77f4a', '#79b0c9', '#d77fa1'] as const
const PAPERS = ['#f1e8d3', '#ece3d4', '#f4ead9'] as const

/** Abstraction: a great circle, lines that cut through it, and small forms in counterpoint. */
export const kandinsky: Style = ({ width, height, art, words, short, type, random }) => {
  const glow = random.shuffled(COLOURS)
  const defs = `<defs>${glow
    .slice(0, 4)
    .map((colour, index) =>
      halo(`mist${index}`, [
        [0, colour, 0.6],
        [0.6, colour, 0.2],
        [1, colour, 0],
      ]),
    )
    .join('')}</defs>`
  const mists = repeat(6, (index) =>
    circle(
      art.x + art.width * random.between(0.05, 0.95),
      art.y + art.height * random.between(0.05, 0.95),
      short * random.between(0.16, 0.34),
      `url(#mist${index % 4})`,
    ),
  )
  const pieces = nearlySquare(art).map((part) => composition(part, random))
  const small = short * 0.022
  const signs = [
    circle(words.x + small, words.y, small, COLOURS[0]),
    rect(words.x + small * 3, words.y - small, small * 2, small * 2, COLOURS[1]),
    path(
      through([
        [words.x + small * 6, words.y + small],
        [words.x + small * 7.2, words.y - small],
        [words.x + small * 8.4, words.y + small],
      ]),
      COLOURS[2],
    ),
  ]
  return {
    picture: `${defs}${rect(0, 0, width, height, random.pick(PAPERS))}${mists}${pieces.join('')}${signs.join('')}`,
    headline: {
      ...words,
      y: words.y + small * 3,
      height: words.height - small * 3,
      align: 'start',
      vertical: 'top',
      colour: INK,
      weight: 700,
      largest: type * 0.12,
      tracking: -0.01,
    },
  }
}

/** Drawn around (0, 0), 1 high; a wide box spreads the forms, and leaves circles round. */
function composition({ x, y, width, height }: Box, random: Random): string {
  const side = Math.min(width, height)
  const spread = Math.min(1.55, Math.max(1, width / height))
  const colour = () => random.pick(COLOURS)
  const at = (low: number, high = low) => random.between(low, high) * spread
  const outline = (d: string, stroke: string, thick: number) =>
    path(d, 'none', `stroke="${stroke}" stroke-width="${thick}" stroke-linecap="round"`)
  const orbs = Array.from({ length: 6 + Math.round(spread * 2) }, (_, index) => {
    const level = index % 2 ? random.between(0.12, 0.42) : random.between(-0.42, 0)
    return orb(at(-0.5, 0.5), level, random.between(0.025, 0.075), random)
  })
  const shift = at(0.08)
  const parts = [
    placed(shift, 0, path('M-.05 .42L.22 -.32L.44 .4Z', colour(), 'fill-opacity=".78"')),
    placed(shift, 0, path('M.1 .44L.33 -.06L.56 .42Z', colour(), 'fill-opacity=".55"')),
    great(at(-0.26, -0.17), random.between(-0.2, -0.12), random),
    placed(0.02, 0.1, fan(0.64 * spread, random), random.between(-34, -18)),
    placed(at(0.18, 0.3), random.between(-0.36, -0.26), chequer(random), random.between(10, 30)),
    ...orbs,
    placed(at(-0.32), 0.31, hills, random.between(-14, 10)),
    placed(at(0.32, 0.4), random.between(0.16, 0.24), brokenRings(random), random.between(0, 360)),
    placed(at(-0.5), random.between(-0.42, -0.34), outline('M0 0q.07 -.12 .14 0t.14 0t.14 0t.14 0', INK, 0.008)),
    placed(at(-0.44), 0, outline('M0 .16A.34 .34 0 0 0 .48 .4', colour(), 0.022)),
    placed(at(0.5), 0, outline('M-.44 -.42A.4 .4 0 0 1 0 -.06', INK, 0.012)),
    line(at(-0.48), 0.46, at(0.26), -0.48, INK, 0.006),
    line(at(-0.16), 0.48, at(0.12), -0.46, colour(), 0.012),
  ]
  const mirror = random.chance(0.5) ? 1 : -1
  return placed(x + width / 2, y + height / 2, parts.join(''), 0, side * mirror, side)
}

/** Lines that meet in the middle. */
const fan = (long: number, random: Random): string =>
  repeat(9, (index) => {
    const from = index - 4
    return line(-long, from * 0.008, long, from * random.between(0.03, 0.05), INK, index % 3 === 0 ? 0.008 : 0.003)
  })

const hills = repeat(5, (index) =>
  path(`M${index * 0.09 - 0.05} 0a.045 .045 0 0 1 .09 0Z`, COLOURS[(index + 2) % COLOURS.length] ?? INK),
)

const brokenRings = (random: Random): string =>
  repeat(5, (index) => ring(0, 0, 0.04 + index * 0.026, random.pick(COLOURS), 0.009, 'stroke-dasharray=".22 .2"'))

/** The circle everything turns around: a dark disc in a coloured mist, with another inside it. */
function great(x: number, y: number, random: Random): string {
  const [rim = '', disc = '', heart = '', spot = ''] = random.shuffled(COLOURS)
  return [
    circle(x, y, 0.27, rim, 'fill-opacity=".3"'),
    circle(x, y, 0.235, rim),
    circle(x, y, 0.205, INK),
    circle(x + 0.02, y + 0.015, 0.15, disc),
    circle(x + 0.045, y - 0.02, 0.085, heart),
    circle(x + 0.03, y - 0.005, 0.035, spot),
    circle(x + 0.19, y + 0.16, 0.075, heart, 'fill-opacity=".85"'),
  ].join('')
}

const orb = (x: number, y: number, radius: number, random: Random): string => {
  const [out = '', middle = '', inner = ''] = random.shuffled(COLOURS)
  return `${circle(x, y, radius * 1.35, out, 'fill-opacity=".28"')}${circle(x, y, radius, out)}${circle(x, y, radius * 0.66, middle)}${circle(x, y, radius * 0.32, inner)}${random.chance(0.4) ? ring(x, y, radius * 1.02, INK, 0.006) : ''}`
}

const chequer = (random: Random): string => {
  const colour = random.pick(COLOURS)
  return repeat(24, (index) => {
    const [column, row] = [index % 6, Math.floor(index / 6)]
    return rect(
      -0.12 + column * 0.04,
      -0.08 + row * 0.04,
      0.04,
      0.04,
      (column + row) % 2 ? '#fbf6ea' : row === 2 ? colour : INK,
    )
  })
}
