import type { Box } from '../canvas.js'
import type { Random } from '../random.js'

export interface Disc {
  readonly x: number
  readonly y: number
  readonly radius: number
  /** Its place among the discs of its size. */
  readonly rank: number
}

const SIZES = [0.135, 0.1, 0.07, 0.048, 0.032, 0.02, 0.012] as const
const TRIES = 420

/** Fills a box with discs that touch nothing: large ones first, small ones in the gaps, none over the hole. Sizes are shares of `unit`. */
export function packedDiscs(box: Box, hole: Box, unit: number, random: Random): Disc[] {
  const discs: Disc[] = []
  for (const size of SIZES) {
    const radius = unit * size
    let rank = 0
    for (let attempt = 0; attempt < TRIES * (0.135 / size) ** 0.7; attempt++) {
      const x = box.x + radius + random.next() * (box.width - radius * 2)
      const y = box.y + radius + random.next() * (box.height - radius * 2)
      const isFree =
        distanceTo(hole, x, y) > radius * 1.05 &&
        discs.every((other) => Math.hypot(other.x - x, other.y - y) > (other.radius + radius) * 0.99)
      if (isFree && box.width > radius * 2) discs.push({ x, y, radius, rank: rank++ })
    }
  }
  return discs
}

const distanceTo = ({ x, y, width, height }: Box, pointX: number, pointY: number): number =>
  Math.hypot(Math.max(x - pointX, 0, pointX - x - width), Math.max(y - pointY, 0, pointY - y - height))
