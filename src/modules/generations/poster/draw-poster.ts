import { canvasOf, type Style } from './canvas.js'
import { fontFiles } from './font.js'
import { headlineSvg } from './headline.js'
import { PngPress } from './png-press.js'
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

const STYLES: ReadonlyMap<string, Style> = new Map(
  Object.entries({ malevich, cyberpunk, classicism, portrait, khokhloma, detailed, kandinsky }),
)

/** What a poster says when its prompt has nothing a font could draw. */
const WITHOUT_WORDS = 'Без слов'

const press = new PngPress({ atOnce: 2, timeLimit: 60_000 })

/** A poster as PNG of exactly the size asked for. The same request gives the same bytes. Drawn off the main thread. */
export function drawPoster(request: PosterRequest): Promise<Uint8Array> {
  // The system's fonts would make the picture depend on the machine.
  const font = { loadSystemFonts: false, fontFiles: Object.values(fontFiles), defaultFontFamily: 'Inter' }
  return press.print(posterSvg(request), { font })
}

/** The poster before it is drawn. What it shows follows from the request alone. */
export function posterSvg({ prompt, negativePrompt = '', style = '', width, height, seed }: PosterRequest): string {
  const random = new Random([prompt, negativePrompt, style, width, height, seed].join('\n'))
  const { picture, headline } = (STYLES.get(style) ?? plain)(canvasOf(width, height, random))
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">${picture}${headlineSvg(prompt, headline, WITHOUT_WORDS)}</svg>`
}
