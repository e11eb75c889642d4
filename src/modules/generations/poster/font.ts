import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Headline } from './canvas.js'

type Weight = Headline['weight']

const { resolve } = createRequire(import.meta.url)

/** TrueType files, because resvg draws no text with woff2 and says nothing. */
export const fontFiles: Readonly<Record<Weight, string>> = {
  300: resolve('@expo-google-fonts/inter/300Light/Inter_300Light.ttf'),
  500: resolve('@expo-google-fonts/inter/500Medium/Inter_500Medium.ttf'),
  700: resolve('@expo-google-fonts/inter/700Bold/Inter_700Bold.ttf'),
  900: resolve('@expo-google-fonts/inter/900Black/Inter_900Black.ttf'),
}

/** What setting a line needs to know of a font. */
export interface FontMetrics {
  draws(character: string): boolean
  /** Width as a share of the size of the letters. */
  widthOf(text: string): number
}

const read = new Map<Weight, FontMetrics>()

/** The metrics of Inter, read from its file once. */
export function fontMetrics(weight: Weight): FontMetrics {
  const known = read.get(weight)
  if (known) return known
  const metrics = parse(readFileSync(fontFiles[weight]))
  read.set(weight, metrics)
  return metrics
}

/** Reads the tables head, hhea, hmtx and cmap (format 12), as the OpenType specification lays them out. */
function parse(file: Buffer): FontMetrics {
  const tables = new Map<string, number>()
  for (let index = 0; index < file.readUInt16BE(4); index++) {
    const record = 12 + index * 16
    tables.set(file.toString('latin1', record, record + 4), file.readUInt32BE(record + 8))
  }
  const table = (name: string): number => {
    const offset = tables.get(name)
    if (offset === undefined) throw new Error(`the font has no table ${name}`)
    return offset
  }
  const unitsPerEm = file.readUInt16BE(table('head') + 18)
  const longMetrics = file.readUInt16BE(table('hhea') + 34)
  const glyphs = readGlyphs(file, table('cmap'))
  const advance = (character: string): number => {
    const glyph = glyphs.get(character.codePointAt(0) ?? 0) ?? 0
    return file.readUInt16BE(table('hmtx') + Math.min(glyph, longMetrics - 1) * 4) / unitsPerEm
  }
  return {
    draws: (character) => glyphs.has(character.codePointAt(0) ?? 0),
    widthOf: (text) => Array.from(text).reduce((sum, character) => sum + advance(character), 0),
  }
}

/** Which glyph draws which code point. */
function readGlyphs(file: Buffer, cmap: number): ReadonlyMap<number, number> {
  const glyphs = new Map<number, number>()
  for (let index = 0; index < file.readUInt16BE(cmap + 2); index++) {
    const subtable = cmap + file.readUInt32BE(cmap + 8 + index * 8)
    if (file.readUInt16BE(subtable) !== 12) continue
    for (let group = 0; group < file.readUInt32BE(subtable + 12); group++) {
      const at = subtable + 16 + group * 12
      const first = file.readUInt32BE(at)
      for (let code = first; code <= file.readUInt32BE(at + 4); code++)
        glyphs.set(code, file.readUInt32BE(at + 8) + code - first)
    }
    return glyphs
  }
  throw new Error('the font has no cmap of format 12')
}
