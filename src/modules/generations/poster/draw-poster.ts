import { createRequire } from 'node:module'
import { renderAsync } from '@resvg/resvg-js'
import type { Style } from './canvas.js'
import { headlineSvg } from './headline.js'
import { Random } from './random.js'
import { classicism } from './styles/classicism.js'
import { cyberpunk } from './styles/cyberpunk.js'
import { detailed } from './styles/detailed.js'
import { kandinsky } from './styles/kandinsky.js'
import { khokhloma } from './styles/khokhloma.js'
import { malevich } from './styles/malevich.js'
import { plain } from './styles/plain.js'
import { portrait } from './styles/portrait.js'

export interface PosterRequest {
  readonly prompt: string
  readonly negativePrompt?: string
  /** One of `generationStyles`; others draw the plain one. */
  readonly style?: string
  /** Pixels, 256 to 2048. */
  readonly width: number
  readonly height: number
  readonly seed: number
}

const STYLES: Readonly<Record<string, Style>> = {
  malevich,
  cyberpunk,
  classicism,
  portrait,
  khokhloma,
  detailed,
  kandinsky,
}

const { resolve } = createRequire(import.meta.url)
const font = (weight: string): string => resolve(`@expo-google-fonts/inter/${weight}`)
const FONTS = [
  font('400Regular/Inter_400Regular.ttf'),
  font('700Bold/Inter_700Bold.ttf'),
  font('900Black/Inter_900Black.ttf'),
]

/** A poster as PNG of exactly the size asked for. The same request gives the same bytes. Drawn off the main thread. */
export async function drawPoster(request: PosterRequest): Promise<Uint8Array> {
  const { prompt, negativePrompt = '', style = '', width, height, seed } = request
  const random = new Random([prompt, negativePrompt, style, width, height, seed].join('\n'))
  const { picture, headline } = (STYLES[style] ?? plain)({ width, height, random })
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">${picture}${headlineSvg(prompt, headline)}</svg>`
  // The system's fonts would make the picture depend on the machine.
  const rendered = await renderAsync(svg, {
    font: { loadSystemFonts: false, fontFiles: FONTS, defaultFontFamily: 'Inter' },
  })
  return rendered.asPng()
}
