import type { Box, Style } from '../canvas.js'
import type { Random } from '../random.js'
import { circle, path, placed, rect, repeat } from '../svg.js'

const PALETTES = [
  { paper: '#f5efe2', ink: '#1d1d2b', tiles: ['#e4572e', '#17bebb', '#ffc914', '#2e4057', '#f5efe2'] },
  { paper: '#12263a', ink: '#f7f3e9', tiles: ['#f4d35e', '#ee964b', '#f95738', '#2b6f9c', '#f7f3e9'] },
  { paper: '#fdf0e6', ink: '#33172f', tiles: ['#ff5d73', '#7c77b9', '#ffb86f', '#33172f', '#fbd9c6'] },
  { paper: '#0b4f41', ink: '#fdf6e0', tiles: ['#f6ae2d', '#f26419', '#86bbd8', '#06342b', '#fdf6e0'] },
] as const

/** An advertisement of the printed age: a grid of bold geometric tiles and large words. */
export const plain: Style = ({ width, height, art, words, short, type, random }) => {
  const { paper, ink, tiles } = random.pick(PALETTES)
  return {
    picture: rect(0, 0, width, height, paper) + mosaic(art, random, tiles),
    headline: {
      ...words,
      y: words.y + short * 0.03,
      height: words.height - short * 0.03,
      align: 'start',
      vertical: 'top',
      colour: ink,
      weight: 900,
      largest: type * 0.135,
      tracking: -0.015,
    },
  }
}

/** Tiles fill the box exactly; one in the corner is larger. */
function mosaic({ x, y, width, height }: Box, random: Random, colours: readonly string[]): string {
  const side = Math.min(width, height) / 3
  const [columns, rows] = [Math.round(width / side), Math.round(height / side)]
  const [wide, high] = [width / columns, height / rows]
  const [bigColumn, bigRow] = [random.whole(0, columns - 2), random.whole(0, rows - 2)]
  let before = ''
  const tile = (column: number, row: number, span: number): string => {
    const [back = '', front = '', third = ''] = random.shuffled(colours.filter((colour) => colour !== before))
    before = back
    const content = rect(-0.502, -0.502, 1.004, 1.004, back) + random.pick(MOTIFS)(front, third)
    const centre = [x + (column + span / 2) * wide, y + (row + span / 2) * high] as const
    return placed(...centre, placed(0, 0, content, 90 * random.whole(0, 3)), 0, span * wide, span * high)
  }
  const small = repeat(columns * rows, (index) => {
    const [column, row] = [index % columns, Math.floor(index / columns)]
    const isCovered = column >= bigColumn && column < bigColumn + 2 && row >= bigRow && row < bigRow + 2
    return isCovered ? '' : tile(column, row, 1)
  })
  return small + tile(bigColumn, bigRow, 2)
}

/** Each fills a square of side 1 around (0, 0). */
const MOTIFS: readonly ((one: string, two: string) => string)[] = [
  (one, two) => path('M-.5 -.5H.5A1 1 0 0 1 -.5 .5Z', one) + path('M-.5 -.5H0A.5 .5 0 0 1 -.5 0Z', two),
  (one, two) => circle(0, 0, 0.42, one) + circle(0, 0, 0.2, two),
  (one, two) => path('M-.5 0A.5 .5 0 0 1 .5 0Z', one) + path('M-.5 .5A.5 .5 0 0 1 .5 .5Z', two),
  (one, two) => path('M-.5 .5L.5 -.5V.5Z', one) + circle(0.2, 0.2, 0.13, two),
  (one) => repeat(4, (stripe) => rect(-0.5, -0.5 + stripe * 0.25, 1, 0.125, one)),
  (one, two) => path('M0 -.5A.5 .5 0 0 1 0 .5A.5 .5 0 0 1 0 -.5Z', one) + path('M0 -.5A.5 .5 0 0 0 0 .5Z', two),
  (one) => repeat(9, (dot) => circle(-0.3 + (dot % 3) * 0.3, -0.3 + Math.floor(dot / 3) * 0.3, 0.085, one)),
  (one, two) =>
    path('M-.5 -.5A.5 .5 0 0 0 0 0A.5 .5 0 0 0 -.5 .5Z', one) + path('M.5 -.5A.5 .5 0 0 1 0 0A.5 .5 0 0 1 .5 .5Z', two),
]
