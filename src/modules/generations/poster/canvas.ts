import type { Random } from './random.js'

/** What a style draws on: a size in pixels, and the numbers that decide. */
export interface Canvas {
  readonly width: number
  readonly height: number
  readonly random: Random
}

/** Where the words go and how they look; the background leaves room for them. */
export interface Headline {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
  readonly align: 'start' | 'middle'
  readonly colour: string
  readonly weight: 400 | 700 | 900
  readonly upperCase?: boolean
  /** Extra SVG attributes of the text, such as a filter. */
  readonly attributes?: string
}

export interface Composition {
  /** SVG without the words. */
  readonly picture: string
  readonly headline: Headline
}

/** Draws everything of a poster but its words. */
export type Style = (canvas: Canvas) => Composition

/** A number as short as a picture needs it. */
export const n = (value: number): string => String(Math.round(value * 10) / 10)
