import { createRequire } from 'node:module'
import { renderAsync } from '@resvg/resvg-js'
import { headlineSvg } from './headline.js'
import { Random } from './random.js'
import { plain } from './styles/plain.js'

const STYLES = {}
const { resolve } = createRequire(import.meta.url)
const font = (weight) => resolve(`@expo-google-fonts/inter/${weight}`)
const FONTS = [
  font('400Regular/Inter_400Regular.ttf'),
  font('700Bold/Inter_700Bold.ttf'),
  font('900Black/Inter_900Black.ttf'),
]
/** A poster as PNG of exactly the size asked for. The same request gives the same bytes. Drawn off the main thread. */
export async function drawPoster(request) {
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
//# sourceMappingURL=draw-poster.js.map
