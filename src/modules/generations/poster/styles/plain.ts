import { n, type Style } from '../canvas.js'

const PALETTES = [
  ['#f4efe6', '#d7263d', '#1b1b1e', '#f2b705'],
  ['#eef3f2', '#0b6e4f', '#08312a', '#f28f3b'],
  ['#f6f1eb', '#20639b', '#12263a', '#f25f5c'],
] as const

/** A clean advertisement: one great disc, a band of colour, room for the words. */
export const plain: Style = ({ width, height, random }) => {
  const [paper, main, ink, accent] = random.pick(PALETTES)
  const short = Math.min(width, height)
  const radius = short * random.between(0.26, 0.34)
  const x = width * random.between(0.62, 0.8)
  const y = height * random.between(0.2, 0.26)
  const picture = `<rect width="100%" height="100%" fill="${paper}"/>
<circle cx="${n(x)}" cy="${n(y)}" r="${n(radius)}" fill="${main}"/>
<circle cx="${n(x - radius * 0.9)}" cy="${n(y + radius * 0.75)}" r="${n(radius * 0.3)}" fill="${accent}"/>
<rect x="0" y="${n(height * 0.94)}" width="100%" height="${n(height * 0.06)}" fill="${ink}"/>
<rect x="${n(width * 0.07)}" y="${n(height * 0.08)}" width="${n(short * 0.16)}" height="${n(short * 0.022)}" fill="${ink}"/>`
  return {
    picture,
    headline: {
      x: width * 0.07,
      y: height * 0.58,
      width: width * 0.86,
      height: height * 0.32,
      align: 'start',
      colour: ink,
      weight: 900,
    },
  }
}
