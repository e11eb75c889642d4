import type { Canvas, Style } from '../canvas.js'
import { circle, n, path, placed, rect, repeat, through } from '../svg.js'
import { type Disc, packedDiscs } from './packed-discs.js'

const GOLD = '#e9b13c'
const PALE = '#ffe39a'
const RED = '#d4161f'
const BLACK = '#120805'
const GREEN = '#2f6b3a'

/** Khokhloma: gold and scarlet curls, berries and flowers that fill the lacquer around the words. */
export const khokhloma: Style = (canvas) => {
  const { width, height, short, type, random } = canvas
  const [ground, plate] = random.pick([
    [BLACK, '#9d0f16'],
    [BLACK, '#0a0403'],
    ['#8f0c13', BLACK],
  ] as const)
  const frame = short * 0.045
  const wide = width / height > 1.3
  const card = { width: width * (wide ? 0.5 : 0.7), height: height * (wide ? 0.5 : 0.36) }
  const box = { x: (width - card.width) / 2, y: (height - card.height) / 2, ...card }
  const half = packedDiscs(
    { x: frame, y: frame, width: width / 2 - frame, height: height - frame * 2 },
    box,
    short,
    random,
  )
  const ornament = half.map((disc) => bloom(disc, canvas, ground)).join('')
  const corner = short * 0.06
  const edge = (out: number, fill: string, stroke: string, thick: number) =>
    rect(
      box.x - out,
      box.y - out,
      box.width + out * 2,
      box.height + out * 2,
      fill,
      `rx="${n(corner + out)}" stroke="${stroke}" stroke-width="${n(thick)}"`,
    )
  return {
    picture: `${rect(0, 0, width, height, ground)}${ornament}<g transform="translate(${width} 0) scale(-1 1)">${ornament}</g>
${border(canvas, frame)}${edge(short * 0.012, ground, GOLD, short * 0.004)}${edge(0, plate, GOLD, short * 0.01)}${edge(-short * 0.014, 'none', plate === BLACK ? RED : PALE, short * 0.0025)}`,
    headline: {
      x: box.x + corner * 0.7,
      y: box.y + corner * 0.7,
      width: box.width - corner * 1.4,
      height: box.height - corner * 1.4,
      align: 'middle',
      vertical: 'middle',
      colour: PALE,
      weight: 700,
      largest: type * 0.1,
    },
  }
}

function border({ width, height, short }: Canvas, frame: number): string {
  const step = short * 0.045
  const band = frame * 0.62
  const [across, down] = [Math.floor((width - frame) / step), Math.floor((height - frame) / step)]
  const bead = (x: number, y: number, index: number) => circle(x, y, band * 0.24, index % 2 ? RED : GOLD)
  const row = (y: number) => repeat(across + 1, (index) => bead(band / 2 + (index * (width - band)) / across, y, index))
  const column = (x: number) =>
    repeat(down - 1, (index) => bead(x, band / 2 + ((index + 1) * (height - band)) / down, index + 1))
  const line = rect(
    band,
    band,
    width - band * 2,
    height - band * 2,
    'none',
    `stroke="${GOLD}" stroke-width="${n(short * 0.004)}"`,
  )
  return `${rect(band / 2, band / 2, width - band, height - band, 'none', `stroke="${BLACK}" stroke-width="${n(band)}"`)}${line}${row(band / 2)}${row(height - band / 2)}${column(band / 2)}${column(width - band / 2)}`
}

/** What grows in a disc depends on its size: a curl with a flower, berries, a leaf, a single berry. */
function bloom({ x, y, radius, rank }: Disc, { short, random }: Canvas, ground: string): string {
  const turn = random.between(0, 360)
  const red = ground === BLACK ? RED : GOLD
  if (radius > short * 0.075) return placed(x, y, curl(red, rank % 2 === 0 ? flower(red) : berries(red)), turn, radius)
  if (radius > short * 0.042)
    return placed(x, y, rank % 3 === 0 ? berries(red) : rank % 3 === 1 ? sprig(red) : flower(red), turn, radius)
  if (radius > short * 0.02) return placed(x, y, rank % 2 === 0 ? sprig(red) : berry(0, 0, 0.8, red), turn, radius)
  return circle(x, y, radius * 0.55, rank % 2 ? GOLD : red)
}

const leaf = (long: number, fill: string): string =>
  path(
    `M0 0C${n(long * 0.2)} ${n(-long * 0.42)} ${n(long * 0.75)} ${n(-long * 0.34)} ${n(long)} ${n(-long * 0.06)}C${n(long * 0.7)} ${n(long * 0.16)} ${n(long * 0.25)} ${n(long * 0.2)} 0 0Z`,
    fill,
  ) +
  path(
    `M${n(long * 0.12)} ${n(-long * 0.03)}Q${n(long * 0.5)} ${n(-long * 0.16)} ${n(long * 0.82)} ${n(-long * 0.08)}`,
    'none',
    `stroke="${BLACK}" stroke-width="${n(long * 0.05)}" stroke-linecap="round"`,
  )

/** A stem that winds inwards, with leaves outside and grass inside. */
function curl(red: string, heart: string): string {
  const spiral = Array.from({ length: 60 }, (_, step) => {
    const angle = (step / 59) * Math.PI * 2.9
    const far = 0.86 - (step / 59) * 0.42
    return [Math.cos(angle) * far, Math.sin(angle) * far] as const
  })
  const leaves = repeat(9, (index) => {
    const angle = index * 38
    const [x, y] = [Math.cos((angle * Math.PI) / 180) * 0.76, Math.sin((angle * Math.PI) / 180) * 0.76]
    return placed(x, y, leaf(0.36, [GOLD, red, GREEN][index % 3] ?? GOLD), angle + 52)
  })
  return `${path(through(spiral, ''), 'none', `stroke="${GOLD}" stroke-width=".05" stroke-linecap="round"`)}${leaves}${placed(0, 0, heart, 0, 0.5)}`
}

const flower = (red: string): string =>
  repeat(8, (petal) =>
    placed(
      0,
      0,
      path('M0 0C.2 -.34 .7 -.4 .92 -.12Q.98 0 .92 .12C.7 .4 .2 .34 0 0Z', petal % 2 ? red : GOLD) +
        path('M.3 0H.72', 'none', `stroke="${petal % 2 ? PALE : RED}" stroke-width=".05" stroke-linecap="round"`),
      petal * 45,
    ),
  ) +
  circle(0, 0, 0.3, BLACK) +
  circle(0, 0, 0.23, PALE) +
  repeat(6, (dot) => circle(Math.cos(dot * 1.047) * 0.13, Math.sin(dot * 1.047) * 0.13, 0.045, RED))

const berry = (x: number, y: number, radius: number, red: string): string =>
  `${circle(x, y, radius, red)}${circle(x, y, radius * 0.72, 'none', `stroke="${PALE}" stroke-width="${n(radius * 0.12)}" stroke-dasharray="${n(radius * 0.9)} ${n(radius * 4)}"`)}${circle(x, y, radius * 0.16, BLACK)}`

const berries = (red: string): string =>
  repeat(6, (index) => placed(0, 0, leaf(0.95, index % 2 ? GOLD : GREEN), index * 60 + 30)) +
  repeat(6, (index) => berry(Math.cos(index * 1.047) * 0.44, Math.sin(index * 1.047) * 0.44, 0.23, red)) +
  berry(0, 0, 0.23, red)

const sprig = (red: string): string =>
  placed(-0.9, 0, leaf(1.7, GOLD)) +
  placed(-0.7, 0.05, leaf(1.1, red), 38) +
  placed(-0.7, -0.1, leaf(1.05, red), -42) +
  berry(0.55, 0.5, 0.2, red) +
  berry(0.5, -0.62, 0.18, red)
