import { n, type Style } from '../canvas.js'

const COLOURS = ['#d1241f', '#111111', '#f1b51c', '#1f4e9e', '#2e7d4f', '#e9e2d0'] as const

/** Suprematism: planes and bars along one slanted axis on raw canvas. */
export const malevich: Style = ({ width, height, random }) => {
  const short = Math.min(width, height)
  const tilt = random.between(-38, -18)
  const centreX = width * 0.56
  const centreY = height * 0.33
  const bars = Array.from({ length: 11 }, (_, index) => {
    const long = short * random.between(0.12, 0.5)
    const thick = short * random.between(0.012, 0.075)
    const x = centreX + random.between(-0.42, 0.42) * width - long / 2
    const y = centreY + random.between(-0.3, 0.32) * height
    const across = random.chance(0.28) ? 90 : 0
    return `<rect x="${n(x)}" y="${n(y)}" width="${n(long)}" height="${n(thick)}" fill="${COLOURS[index % 5]}" transform="rotate(${n(tilt + across)} ${n(x + long / 2)} ${n(y)})"/>`
  })
  const side = short * random.between(0.34, 0.42)
  const squareX = centreX - side * random.between(0.5, 0.9)
  const squareY = centreY - side * 0.5
  const picture = `<rect width="100%" height="100%" fill="#efe8d8"/>
<rect x="${n(squareX)}" y="${n(squareY)}" width="${n(side)}" height="${n(side)}" fill="${random.pick(['#111111', '#d1241f'])}" transform="rotate(${n(tilt / 3)} ${n(squareX)} ${n(squareY)})"/>
<circle cx="${n(width * random.between(0.14, 0.26))}" cy="${n(height * random.between(0.16, 0.3))}" r="${n(short * random.between(0.07, 0.12))}" fill="${random.pick(['#f1b51c', '#1f4e9e'])}"/>
${bars.join('')}
<rect x="0" y="${n(height * 0.66)}" width="100%" height="${n(height * 0.34)}" fill="#efe8d8"/>
<rect x="${n(width * 0.07)}" y="${n(height * 0.665)}" width="${n(width * 0.24)}" height="${n(short * 0.016)}" fill="#d1241f"/>`
  return {
    picture,
    headline: {
      x: width * 0.07,
      y: height * 0.69,
      width: width * 0.86,
      height: height * 0.26,
      align: 'start',
      colour: '#111111',
      weight: 900,
      upperCase: true,
    },
  }
}
