import { n, type Style } from '../canvas.js'

const COLOURS = ['#e63946', '#1d3557', '#f4a261', '#2a9d8f', '#e9c46a', '#6a4c93', '#457b9d'] as const

/** Abstraction: rings inside rings, long lines, a triangle and a chequered scrap, in counterpoint. */
export const kandinsky: Style = ({ width, height, random }) => {
  const short = Math.min(width, height)
  const place = (low = 0.08, high = 0.92) => ({
    x: width * random.between(low, high),
    y: height * random.between(0.06, 0.6),
  })
  const rings = Array.from({ length: 8 }, (_, index) => {
    const { x, y } = index === 0 ? { x: width * random.between(0.25, 0.4), y: height * 0.28 } : place()
    const radius = short * (index === 0 ? 0.22 : random.between(0.035, 0.11))
    const circles = [1, 0.74, 0.5, 0.26].map(
      (share) =>
        `<circle cx="${n(x)}" cy="${n(y)}" r="${n(radius * share)}" fill="${random.pick(COLOURS)}" opacity="${share === 1 ? '.92' : '1'}"/>`,
    )
    return `<circle cx="${n(x)}" cy="${n(y)}" r="${n(radius * 1.22)}" fill="${random.pick(COLOURS)}" opacity=".22"/>${circles.join('')}`
  })
  const lines = Array.from({ length: 12 }, () => {
    const [from, to] = [place(0, 1), place(0, 1)]
    return `<line x1="${n(from.x)}" y1="${n(from.y)}" x2="${n(to.x)}" y2="${n(to.y)}" stroke="#1b1b1e" stroke-width="${n(short * random.between(0.002, 0.008))}"/>`
  })
  const arcs = Array.from({ length: 5 }, () => {
    const { x, y } = place()
    const radius = short * random.between(0.08, 0.2)
    return `<path d="M${n(x)} ${n(y)}a${n(radius)} ${n(radius)} 0 0 1 ${n(radius * 1.6)} ${n(radius * 0.5)}" fill="none" stroke="${random.pick(COLOURS)}" stroke-width="${n(short * 0.012)}"/>`
  })
  const triangle = place(0.3, 0.7)
  const side = short * 0.34
  const board = place(0.55, 0.8)
  const cell = short * 0.028
  const squares = Array.from(
    { length: 20 },
    (_, index) =>
      `<rect x="${n(board.x + (index % 5) * cell)}" y="${n(board.y * 0.8 + Math.floor(index / 5) * cell)}" width="${n(cell)}" height="${n(cell)}" fill="${((index % 5) + Math.floor(index / 5)) % 2 === 0 ? '#1b1b1e' : '#f8f1e4'}"/>`,
  )
  const picture = `<rect width="100%" height="100%" fill="${random.pick(['#f8f1e4', '#f2ead8', '#f5efe9'])}"/>
<path d="M${n(triangle.x)} ${n(triangle.y - side * 0.4)}l${n(side * 0.62)} ${n(side)}h${n(-side * 1.1)}Z" fill="${random.pick(COLOURS)}" opacity=".55"/>
${rings.join('')}<g transform="rotate(14 ${n(board.x)} ${n(board.y)})">${squares.join('')}</g>${arcs.join('')}${lines.join('')}
<rect x="0" y="${n(height * 0.68)}" width="100%" height="${n(height * 0.32)}" fill="#f8f1e4"/>
<rect x="0" y="${n(height * 0.68)}" width="100%" height="${n(height * 0.008)}" fill="#1b1b1e"/>
${COLOURS.slice(0, 5)
  .map(
    (colour, index) =>
      `<rect x="${n(width * 0.07 + index * short * 0.05)}" y="${n(height * 0.705)}" width="${n(short * 0.035)}" height="${n(short * 0.012)}" fill="${colour}"/>`,
  )
  .join('')}`
  return {
    picture,
    headline: {
      x: width * 0.07,
      y: height * 0.73,
      width: width * 0.86,
      height: height * 0.23,
      align: 'start',
      colour: '#1b1b1e',
      weight: 900,
    },
  }
}
