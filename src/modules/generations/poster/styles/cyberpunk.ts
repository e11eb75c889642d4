import { n, type Style } from '../canvas.js'

/** A night city over a neon grid, and words that glow. */
export const cyberpunk: Style = ({ width, height, random }) => {
  const [neon, second] = random.pick([
    ['#ff2bd6', '#16f2ff'],
    ['#16f2ff', '#ff5c38'],
    ['#b6ff2e', '#a24bff'],
  ] as const)
  const horizon = height * 0.6
  const sunX = width * random.between(0.35, 0.65)
  const sun = Math.min(width, height) * 0.26
  const stripes = Array.from({ length: 7 }, (_, index) => {
    const y = horizon - sun * 0.75 + index * sun * 0.16
    return `<rect x="0" y="${n(y)}" width="100%" height="${n(sun * (0.02 + index * 0.013))}" fill="#140a2b"/>`
  })
  const towers: string[] = []
  for (let x = -10; x < width; ) {
    const wide = width * random.between(0.04, 0.1)
    const tall = height * random.between(0.08, 0.34)
    const lights = Array.from({ length: 9 }, () => {
      const light = `<rect x="${n(x + wide * random.between(0.12, 0.78))}" y="${n(horizon - tall * random.between(0.08, 0.92))}" width="${n(wide * 0.1)}" height="${n(wide * 0.06)}" fill="${random.chance(0.5) ? neon : second}"/>`
      return light
    })
    towers.push(
      `<rect x="${n(x)}" y="${n(horizon - tall)}" width="${n(wide)}" height="${n(tall)}" fill="#0b0618"/>${lights.join('')}`,
    )
    x += wide * random.between(0.95, 1.25)
  }
  const rays = Array.from({ length: 19 }, (_, index) => {
    const end = width * ((index - 9) / 4.5 + 0.5)
    return `<line x1="${n(width / 2 + (index - 9) * width * 0.045)}" y1="${n(horizon)}" x2="${n(end)}" y2="${height}"/>`
  })
  const rows = Array.from({ length: 9 }, (_, index) => {
    const y = horizon + (height - horizon) * (index / 8) ** 2
    return `<line x1="0" y1="${n(y)}" x2="${width}" y2="${n(y)}"/>`
  })
  const picture = `<defs>
<linearGradient id="sky" x1="0" y1="0" x2="0" y2="1"><stop offset="0" stop-color="#0a0618"/><stop offset=".75" stop-color="#32105e"/><stop offset="1" stop-color="#7a1a72"/></linearGradient>
<linearGradient id="sun" x1="0" y1="0" x2="0" y2="1"><stop offset="0" stop-color="#ffd23f"/><stop offset="1" stop-color="${neon}"/></linearGradient>
<filter id="glow" x="-20%" y="-20%" width="140%" height="140%"><feGaussianBlur stdDeviation="${n(width * 0.008)}" result="blur"/><feMerge><feMergeNode in="blur"/><feMergeNode in="blur"/><feMergeNode in="SourceGraphic"/></feMerge></filter>
</defs>
<rect width="100%" height="100%" fill="url(#sky)"/>
<circle cx="${n(sunX)}" cy="${n(horizon - sun * 0.35)}" r="${n(sun)}" fill="url(#sun)"/>
${stripes.join('')}${towers.join('')}
<rect x="0" y="${n(horizon)}" width="100%" height="${n(height - horizon)}" fill="#0d0620"/>
<g stroke="${second}" stroke-width="${n(Math.max(1.2, width * 0.0018))}" opacity=".75">${rays.join('')}${rows.join('')}</g>
<rect x="${n(width * 0.05)}" y="${n(height * 0.655)}" width="${n(width * 0.9)}" height="${n(height * 0.29)}" fill="#0a0618" opacity=".82"/>
<rect x="${n(width * 0.05)}" y="${n(height * 0.655)}" width="${n(width * 0.9)}" height="${n(height * 0.29)}" fill="none" stroke="${neon}" stroke-width="${n(width * 0.003)}" filter="url(#glow)"/>`
  return {
    picture,
    headline: {
      x: width * 0.08,
      y: height * 0.675,
      width: width * 0.84,
      height: height * 0.25,
      align: 'middle',
      colour: second,
      weight: 700,
      upperCase: true,
      attributes: 'filter="url(#glow)"',
    },
  }
}
