import { n, type Style } from '../canvas.js'

const TAU = Math.PI * 2

/** Engraving: a rosette of fine lines, as on a banknote, over a guilloche ground. */
export const detailed: Style = ({ width, height, random }) => {
  const [paper, ink, second] = random.pick([
    ['#f7f3e8', '#12355b', '#a4243b'],
    ['#eef4ef', '#1d4d3b', '#b7791f'],
    ['#f6eff3', '#4a1942', '#2f6690'],
  ] as const)
  const short = Math.min(width, height)
  const x = width / 2
  const y = height * 0.35
  const stroke = Math.max(0.7, short * 0.0011)
  const waves = Array.from({ length: 34 }, (_, row) => {
    const base = (row / 33) * height
    const points = Array.from({ length: 41 }, (_, step) => {
      const along = (step / 40) * width
      return `${n(along)},${n(base + Math.sin((step / 40) * TAU * 3 + row * 0.45) * short * 0.018)}`
    })
    return `<polyline points="${points.join(' ')}"/>`
  })
  const lobes = Math.round(random.between(9, 15))
  const rings = Array.from({ length: 26 }, (_, ring) => {
    const radius = short * (0.05 + ring * 0.0098)
    const points = Array.from({ length: 241 }, (_, step) => {
      const angle = (step / 240) * TAU
      const swell = radius * (1 + 0.16 * Math.sin(angle * lobes + ring * 0.33))
      return `${n(x + Math.cos(angle) * swell)},${n(y + Math.sin(angle) * swell)}`
    })
    return `<polyline points="${points.join(' ')}" stroke="${ring % 4 === 0 ? second : ink}"/>`
  })
  const frame = short * 0.035
  const picture = `<rect width="100%" height="100%" fill="${paper}"/>
<g fill="none" stroke="${second}" stroke-width="${n(stroke)}" opacity=".35">${waves.join('')}</g>
<circle cx="${n(x)}" cy="${n(y)}" r="${n(short * 0.36)}" fill="${paper}" opacity=".85"/>
<g fill="none" stroke-width="${(stroke * 1.15).toFixed(2)}">${rings.join('')}</g>
<rect x="${n(width * 0.06)}" y="${n(height * 0.7)}" width="${n(width * 0.88)}" height="${n(height * 0.24)}" fill="${paper}" stroke="${ink}" stroke-width="${n(stroke * 2.4)}"/>
<rect x="${n(width * 0.06 + frame * 0.3)}" y="${n(height * 0.7 + frame * 0.3)}" width="${n(width * 0.88 - frame * 0.6)}" height="${n(height * 0.24 - frame * 0.6)}" fill="none" stroke="${second}" stroke-width="${n(stroke)}"/>
${[0.5, 0.75, 1].map((inset) => `<rect x="${n(frame * inset)}" y="${n(frame * inset)}" width="${n(width - frame * inset * 2)}" height="${n(height - frame * inset * 2)}" fill="none" stroke="${ink}" stroke-width="${n(stroke * (2 - inset))}"/>`).join('')}`
  return {
    picture,
    headline: {
      x: width * 0.1,
      y: height * 0.715,
      width: width * 0.8,
      height: height * 0.21,
      align: 'middle',
      colour: ink,
      weight: 700,
    },
  }
}
