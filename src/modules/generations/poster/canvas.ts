import type { Random } from './random.js'

/** A part of the poster, in pixels. */
export interface Box {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

/** What a style draws on: a size in pixels, the numbers that decide, and the usual division into picture and words. */
export interface Canvas extends Pick<Box, 'width' | 'height'> {
  readonly random: Random
  /** The shorter side: sizes are shares of it. */
  readonly short: number
  /** What the largest letters are a share of: the shorter side, and more in a strip. */
  readonly type: number
  readonly margin: number
  /** Words stand beside the picture, not under it. */
  readonly isWide: boolean
  /** Reaches the edges of the poster. */
  readonly art: Box
  /** Keeps the margin. */
  readonly words: Box
}

/** Where the words go and how they look. */
export interface Headline extends Box {
  readonly align: 'start' | 'middle'
  readonly vertical: 'top' | 'middle' | 'bottom'
  readonly colour: string
  readonly weight: 300 | 500 | 700 | 900
  /** The largest size of its letters, in pixels. */
  readonly largest: number
  readonly upperCase?: boolean
  /** Room between letters, as a share of their size. */
  readonly tracking?: number
  /** The same words once more behind themselves: a glow, a shifted print. */
  readonly echoes?: readonly { readonly colour: string; readonly shift: number; readonly attributes?: string }[]
}

export interface Composition {
  /** SVG without the words. */
  readonly picture: string
  readonly headline: Headline
}

/** Draws everything of a poster but its words. */
export type Style = (canvas: Canvas) => Composition

const WIDE = 1.3

export function canvasOf(width: number, height: number, random: Random): Canvas {
  const short = Math.min(width, height)
  const margin = short * 0.07
  const type = short * Math.min(2.2, Math.max(1, Math.max(width, height) / short / 2.2))
  const isWide = width / height >= WIDE
  const share = isWide ? 0.46 : 0.36
  const art = isWide
    ? { x: width * share, y: 0, width: width * (1 - share), height }
    : { x: 0, y: 0, width, height: height * (1 - share) }
  const words = isWide
    ? { x: margin, y: margin, width: width * share - margin * 1.6, height: height - margin * 2 }
    : { x: margin, y: art.height + margin * 0.3, width: width - margin * 2, height: height * share - margin * 1.3 }
  return { width, height, random, short, type, margin, isWide, art, words }
}

/** Divides a long strip into parts that are nearly square, so that a motif is repeated rather than stretched. */
export function nearlySquare({ x, y, width, height }: Box): Box[] {
  const count = Math.max(1, Math.floor(Math.max(width / height, height / width) / 1.6))
  return Array.from({ length: count }, (_, index) =>
    width > height
      ? { x: x + (index * width) / count, y, width: width / count, height }
      : { x, y: y + (index * height) / count, width, height: height / count },
  )
}
