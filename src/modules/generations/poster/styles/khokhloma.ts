import { type Canvas, n, type Style } from '../canvas.js'

const RED = '#c8102e'
const GOLD = '#e8b23a'

/** One curling branch with leaves and berries, from (0, 0) upwards, mirrored by the caller. */
function branch({ random }: Canvas, size: number): string {
  const curl = `<path d="M0 0C${n(size * 0.1)} ${n(-size * 0.5)} ${n(size * 0.7)} ${n(-size * 0.45)} ${n(size * 0.62)} ${n(-size * 0.85)}S${n(size * 0.1)} ${n(-size * 0.95)} ${n(size * 0.28)} ${n(-size * 0.66)}" fill="none" stroke="${GOLD}" stroke-width="${n(size * 0.022)}" stroke-linecap="round"/>`
  const leaves = Array.from({ length: 7 }, (_, index) => {
    const share = index / 7
    const x = size * (0.06 + share * 0.6)
    const y = -size * (0.14 + share * 0.66)
    const angle = index % 2 === 0 ? random.between(20, 60) : random.between(-80, -40)
    const long = size * random.between(0.17, 0.25)
    return `<g transform="translate(${n(x)} ${n(y)}) rotate(${n(angle)})"><path d="M0 0C${n(long * 0.25)} ${n(-long * 0.35)} ${n(long * 0.8)} ${n(-long * 0.3)} ${n(long)} 0C${n(long * 0.75)} ${n(long * 0.26)} ${n(long * 0.25)} ${n(long * 0.28)} 0 0Z" fill="${index % 3 === 0 ? RED : GOLD}"/><path d="M${n(long * 0.1)} 0Q${n(long * 0.5)} ${n(-long * 0.06)} ${n(long * 0.85)} 0" stroke="#140a06" stroke-width="${n(long * 0.035)}" fill="none"/></g>`
  })
  const berries = Array.from({ length: 6 }, (_, index) => {
    const angle = (index / 6) * Math.PI * 2
    const x = size * 0.36 + Math.cos(angle) * size * 0.075
    const y = -size * 0.64 + Math.sin(angle) * size * 0.075
    return `<circle cx="${n(x)}" cy="${n(y)}" r="${n(size * 0.048)}" fill="${RED}" stroke="${GOLD}" stroke-width="${n(size * 0.007)}"/><circle cx="${n(x - size * 0.013)}" cy="${n(y - size * 0.013)}" r="${n(size * 0.011)}" fill="#ffd98a"/>`
  })
  return curl + leaves.join('') + berries.join('')
}

function flower(x: number, y: number, size: number): string {
  const petals = Array.from({ length: 8 }, (_, index) => {
    return `<ellipse cx="${n(x)}" cy="${n(y - size * 0.62)}" rx="${n(size * 0.24)}" ry="${n(size * 0.42)}" fill="${RED}" stroke="${GOLD}" stroke-width="${n(size * 0.045)}" transform="rotate(${index * 45} ${n(x)} ${n(y)})"/>`
  })
  return `${petals.join('')}<circle cx="${n(x)}" cy="${n(y)}" r="${n(size * 0.32)}" fill="${GOLD}"/><circle cx="${n(x)}" cy="${n(y)}" r="${n(size * 0.2)}" fill="#140a06"/><circle cx="${n(x)}" cy="${n(y)}" r="${n(size * 0.09)}" fill="${RED}"/>`
}

/** Khokhloma: gold and scarlet leaves, berries and a flower on black lacquer. */
export const khokhloma: Style = (canvas) => {
  const { width, height, random } = canvas
  const size = Math.min(width * 0.5, height * 0.56)
  const x = width / 2
  const y = height * 0.62
  const one = branch(canvas, size)
  const two = branch(canvas, size * 0.72)
  const sides = width > height * 1.25 ? [0.3, -0.3] : [0]
  const bouquets = sides.map(
    (shift) =>
      `<g transform="translate(${n(x + shift * width)} ${n(y)})">${one}<g transform="scale(-1 1)">${one}</g><g transform="rotate(-38)">${two}</g><g transform="scale(-1 1) rotate(-38)">${two}</g></g>`,
  )
  const frame = Math.min(width, height) * 0.028
  const dots = Array.from(
    { length: Math.floor(width / (frame * 1.5)) },
    (_, index) =>
      `<circle cx="${n(frame * 1.2 + index * frame * 1.5)}" cy="${n(height * 0.675)}" r="${n(frame * 0.26)}" fill="${index % 2 === 0 ? RED : GOLD}"/>`,
  )
  const picture = `<rect width="100%" height="100%" fill="${random.pick(['#140a06', '#1c0b0b'])}"/>
${bouquets.join('')}${sides.map((shift) => flower(x + shift * width, y - size * 0.14, size * 0.2)).join('')}
<rect x="0" y="${n(height * 0.7)}" width="100%" height="${n(height * 0.3)}" fill="${RED}"/>
${dots.join('')}
<rect x="${n(frame / 2)}" y="${n(frame / 2)}" width="${n(width - frame)}" height="${n(height - frame)}" fill="none" stroke="${GOLD}" stroke-width="${n(frame * 0.3)}"/>`
  return {
    picture,
    headline: {
      x: width * 0.08,
      y: height * 0.72,
      width: width * 0.84,
      height: height * 0.24,
      align: 'middle',
      colour: '#ffe3a1',
      weight: 900,
    },
  }
}
