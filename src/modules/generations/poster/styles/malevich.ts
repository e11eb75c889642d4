import { type Box, nearlySquare, type Style } from '../canvas.js'
import type { Random } from '../random.js'
import { circle, line, path, placed, rect, repeat, through } from '../svg.js'

const BLACK = '#15130f'
const RED = '#cf2a1e'
const PLANES = ['#e7a917', '#1d4b93', '#1f6b45', '#c9621e'] as const

/** Suprematism: planes in flight along one slanted axis over raw canvas. */
export const malevich: Style = ({ art, words, short, type, random }) => {
  const picture = nearlySquare(art).map((part) => flight(part, random))
  const stroke = short * 0.018
  return {
    picture: `${rect(0, 0, 4096, 4096, '#efe9db')}${picture.join('')}${rect(words.x, words.y, short * 0.16, stroke, RED)}`,
    headline: {
      ...words,
      y: words.y + stroke * 3,
      height: words.height - stroke * 3,
      align: 'start',
      vertical: 'top',
      colour: BLACK,
      weight: 900,
      upperCase: true,
      tracking: -0.01,
      largest: type * 0.13,
    },
  }
}

/** Everything is drawn level, in a square of side 1, and then tilted as a whole. */
function flight({ x, y, width, height }: Box, random: Random): string {
  const side = Math.min(width, height) * 0.94
  const [first = RED, second = RED, third = RED] = random.shuffled(PLANES)
  const [square, accent] = random.chance(0.65) ? [BLACK, RED] : [RED, BLACK]
  const jitter = () => random.between(-0.025, 0.025)
  const bar = (left: number, top: number, long: number, thick: number, colour: string) =>
    rect(left + jitter(), top + jitter(), long * random.between(0.9, 1.12), thick, colour)
  const ladder = random.whole(3, 5)
  const shapes = [
    path(
      through([
        [-0.1, -0.56],
        [0.34, -0.5],
        [0.26, 0.44],
        [-0.02, 0.5],
      ]),
      random.pick(['#ddd5c2', '#e6d3c4', '#d5d9d3']),
    ),
    path(
      through([
        [-0.4, -0.3],
        [0.03, -0.34 + jitter()],
        [0.07, 0.1],
        [-0.37, 0.13 + jitter()],
      ]),
      square,
    ),
    bar(-0.22, 0.2, 0.76, 0.038, accent),
    bar(-0.05, -0.17, 0.4, 0.1, first),
    bar(0.16, -0.015, 0.26, 0.075, second),
    bar(-0.3, 0.275, 0.3, 0.06, third),
    bar(0.02, 0.3, 0.2, 0.022, BLACK),
    rect(0.2 + jitter(), -0.34, 0.1, 0.1, accent),
    rect(0.37, -0.32 + jitter(), 0.055, 0.055, first),
    rect(0.47, -0.3 + jitter(), 0.03, 0.03, BLACK),
    repeat(ladder, (step) =>
      rect(0.4 + step * 0.045, 0.05 - step * 0.012, 0.018, 0.26 - step * 0.045, step % 2 ? RED : BLACK),
    ),
    line(-0.54, -0.02, 0.56, -0.08 + jitter(), BLACK, 0.006),
    circle(-0.42 + jitter(), 0.34 + jitter(), random.between(0.055, 0.085), random.pick([BLACK, RED, second])),
    line(-0.46, -0.42, -0.12, -0.4, third, 0.014),
  ]
  const flip = random.chance(0.5) ? 1 : -1
  const tilt = random.between(-34, -20) * (random.chance(0.75) ? 1 : -1)
  return placed(x + width / 2, y + height / 2, placed(0, 0, shapes.join(''), 0, side, side * flip), tilt)
}
