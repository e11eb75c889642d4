import type { Box, Canvas, Style } from '../canvas.js'
import { circle, gradient, line, n, path, rect, repeat, ring, through } from '../svg.js'

interface Stone {
  readonly wall: string
  readonly light: string
  readonly shade: string
  readonly ink: string
  readonly gold: string
}

const STONES: readonly Stone[] = [
  { wall: '#e4d8bf', light: '#fbf7ec', shade: '#c9b78f', ink: '#3d3222', gold: '#a07c34' },
  { wall: '#5f83a3', light: '#f7f8f6', shade: '#a9bdcb', ink: '#ffffff', gold: '#f0e3bd' },
  { wall: '#8fa58a', light: '#f8f8f1', shade: '#c3cfb9', ink: '#22301f', gold: '#f6ecc9' },
  { wall: '#b9705a', light: '#fdf3ea', shade: '#e0b7a2', ink: '#fff6ec', gold: '#f5d9a0' },
]

/** A temple front holds the words: everything on one axis, in two colours of stone. */
export const classicism: Style = (canvas) => {
  const { width, height, short, type, random } = canvas
  const stone = random.pick(STONES)
  const edge = short * 0.075
  const column = Math.min(width * 0.085, Math.sqrt(width * height) * 0.07)
  const pairs = width / column > 24 ? 3 : width / column > 13.5 ? 2 : 1
  const rise = Math.min(height * 0.17, width * 0.17)
  const beam = edge + rise
  const floor = height - edge * 1.75
  const inner = edge + column * (0.5 + pairs * 1.45)
  const nave: Box = { x: inner, y: beam + column * 1.2, width: width - inner * 2, height: floor - beam - column * 1.2 }
  const wreathRadius = Math.min(nave.width * 0.26, nave.height * 0.18)
  const wreathY = nave.y + nave.height * 0.06 + wreathRadius
  const words = wreathY + wreathRadius * 1.45
  const columns = repeat(pairs * 2, (index) => {
    const step = column * (0.75 + (index % pairs) * 1.45)
    return pillar(index < pairs ? edge + step : width - edge - step, beam + column * 0.62, floor, column, stone)
  })
  return {
    picture: `<defs>${gradient('shaft', 'right', [
      [0, stone.shade],
      [0.3, stone.light],
      [0.65, stone.light],
      [1, stone.shade],
    ])}</defs>
${rect(0, 0, width, height, stone.wall)}
${rect(edge * 0.35, edge * 0.35, width - edge * 0.7, height - edge * 0.7, 'none', `stroke="${stone.gold}" stroke-width="${n(short * 0.005)}"`)}
${rect(edge * 0.5, edge * 0.5, width - edge, height - edge, 'none', `stroke="${stone.gold}" stroke-width="${n(short * 0.0018)}"`)}
${columns}${pediment(canvas, edge, rise, column, stone)}${steps(canvas, edge, floor, stone)}
${laurel(width / 2, wreathY, wreathRadius, stone)}
${line(width / 2 - nave.width * 0.16, words, width / 2 + nave.width * 0.16, words, stone.gold, short * 0.003)}${circle(width / 2, words, short * 0.007, stone.gold)}`,
    headline: {
      x: nave.x + nave.width * 0.02,
      y: words + nave.height * 0.05,
      width: nave.width * 0.96,
      height: nave.y + nave.height * 0.95 - words - nave.height * 0.05,
      align: 'middle',
      vertical: 'middle',
      colour: stone.ink,
      weight: 300,
      upperCase: true,
      tracking: 0.05,
      largest: type * 0.09,
    },
  }
}

function pillar(x: number, top: number, floor: number, wide: number, { light, shade }: Stone): string {
  const slab = (y: number, width: number, height: number, fill: string) => rect(x - width / 2, y, width, height, fill)
  const volute = (side: number) =>
    circle(x + side * wide * 0.46, top + wide * 0.3, wide * 0.15, light) +
    ring(x + side * wide * 0.46, top + wide * 0.3, wide * 0.08, shade, wide * 0.03)
  return `${slab(top + wide * 0.3, wide * 0.78, floor - top - wide * 0.6, 'url(#shaft)')}
${repeat(5, (flute) => line(x + (flute - 2) * wide * 0.135, top + wide * 0.62, x + (flute - 2) * wide * 0.135, floor - wide * 0.42, shade, wide * 0.035))}
${slab(top + wide * 0.16, wide * 0.96, wide * 0.28, light)}${volute(-1)}${volute(1)}${slab(top, wide * 1.2, wide * 0.14, light)}${slab(top + wide * 0.14, wide * 1.2, wide * 0.03, shade)}
${slab(floor - wide * 0.34, wide * 0.92, wide * 0.14, light)}${slab(floor - wide * 0.2, wide * 1.16, wide * 0.2, light)}${slab(floor - wide * 0.22, wide * 1.16, wide * 0.03, shade)}`
}

function pediment(
  { width }: Canvas,
  edge: number,
  rise: number,
  column: number,
  { light, shade, gold, wall }: Stone,
): string {
  const [left, right, top, base] = [edge * 0.8, width - edge * 0.8, edge * 0.85, edge + rise]
  const inset = rise * 0.17
  const slope = (right - left) / 2 / (base - top)
  const dentil = column * 0.17
  const count = Math.floor((right - left) / dentil / 2)
  const medal = rise * 0.2
  const centre = base - inset - medal * 1.15
  return `${path(
    through([
      [left, base],
      [width / 2, top],
      [right, base],
    ]),
    light,
  )}
${path(
  through([
    [left + inset * slope * 1.35, base - inset * 0.6],
    [width / 2, top + inset * 1.35],
    [right - inset * slope * 1.35, base - inset * 0.6],
  ]),
  shade,
)}
${circle(width / 2, centre, medal, light)}${ring(width / 2, centre, medal * 0.78, gold, medal * 0.08)}${repeat(
  12,
  (ray) => {
    const angle = (ray / 12) * Math.PI * 2
    return line(
      width / 2 + Math.cos(angle) * medal * 0.25,
      centre + Math.sin(angle) * medal * 0.25,
      width / 2 + Math.cos(angle) * medal * 0.6,
      centre + Math.sin(angle) * medal * 0.6,
      gold,
      medal * 0.07,
    )
  },
)}
${rect(left, base, right - left, column * 0.62, light)}${rect(left, base + column * 0.13, right - left, column * 0.03, shade)}
${repeat(count, (index) => rect(left + ((index + 0.25) * (right - left)) / count, base + column * 0.26, dentil, dentil, wall))}
${rect(left, base + column * 0.55, right - left, column * 0.04, shade)}`
}

const steps = ({ width }: Canvas, edge: number, floor: number, { light, shade }: Stone): string =>
  repeat(3, (step) => {
    const out = edge * (0.95 - step * 0.15)
    const y = floor + step * edge * 0.27
    return (
      rect(out, y, width - out * 2, edge * 0.27, light) +
      rect(out, y + edge * 0.22, width - out * 2, edge * 0.05, shade)
    )
  })

/** Two branches bent into a circle that stays open at the top. */
function laurel(x: number, y: number, radius: number, { gold, light }: Stone): string {
  const leaf = radius * 0.34
  const branch = repeat(11, (index) => {
    const angle = Math.PI * (0.5 + 0.085 * (index + 0.35))
    const place = `translate(${n(Math.cos(angle) * radius)} ${n(Math.sin(angle) * radius)})`
    const along = (angle * 180) / Math.PI + 90
    const shape = `M0 0C${n(leaf * 0.3)} ${n(-leaf * 0.32)} ${n(leaf * 0.75)} ${n(-leaf * 0.26)} ${n(leaf)} 0C${n(leaf * 0.7)} ${n(leaf * 0.16)} ${n(leaf * 0.3)} ${n(leaf * 0.14)} 0 0Z`
    return `<g transform="${place}">${path(shape, gold, `transform="rotate(${n(along - 32)})"`)}${path(shape, gold, `transform="rotate(${n(along + 30)}) scale(.86)"`)}${index % 3 === 1 ? circle(0, 0, leaf * 0.1, light) : ''}</g>`
  })
  const star = Array.from({ length: 16 }, (_, point) => {
    const far = radius * (point % 2 === 0 ? 0.46 : 0.19)
    const angle = (point / 16) * Math.PI * 2 - Math.PI / 2
    return [Math.cos(angle) * far, Math.sin(angle) * far] as const
  })
  return `<g transform="translate(${n(x)} ${n(y)})">${branch}<g transform="scale(-1 1)">${branch}</g>${path(through(star), gold)}</g>`
}
