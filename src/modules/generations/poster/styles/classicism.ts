import { n, type Style } from '../canvas.js'

/** A portico in calm colours, everything on one axis. */
export const classicism: Style = ({ width, height, random }) => {
  const [wall, stone, shade, gold] = random.pick([
    ['#e9dfc9', '#f8f3e6', '#cbbb97', '#9a7b3f'],
    ['#d5dfe2', '#f6f7f3', '#aebfc5', '#8f7440'],
    ['#e8d3c5', '#fbf3ea', '#cfae98', '#93603a'],
  ] as const)
  const middle = width / 2
  const span = Math.min(width * 0.62, height * 0.78)
  const left = middle - span / 2
  const roof = height * 0.12
  const beam = height * 0.26
  const floor = height * 0.6
  const count = 6
  const column = span / (count * 1.9)
  const columns = Array.from({ length: count }, (_, index) => {
    const x = left + span * 0.04 + (index * (span * 0.92 - column)) / (count - 1)
    const flutes = [0.25, 0.5, 0.75].map(
      (share) =>
        `<line x1="${n(x + column * share)}" y1="${n(beam + span * 0.07)}" x2="${n(x + column * share)}" y2="${n(floor - span * 0.03)}" stroke="${shade}" stroke-width="${n(column * 0.07)}"/>`,
    )
    return `<rect x="${n(x)}" y="${n(beam + span * 0.05)}" width="${n(column)}" height="${n(floor - beam - span * 0.05)}" fill="${stone}"/>${flutes.join('')}
<rect x="${n(x - column * 0.2)}" y="${n(beam + span * 0.04)}" width="${n(column * 1.4)}" height="${n(span * 0.03)}" fill="${stone}"/>
<rect x="${n(x - column * 0.2)}" y="${n(floor - span * 0.03)}" width="${n(column * 1.4)}" height="${n(span * 0.03)}" fill="${stone}"/>`
  })
  const leaves = [-1, 1].flatMap((side) =>
    Array.from({ length: 7 }, (_, index) => {
      const angle = (index / 6) * 1.25 + 0.2
      const radius = span * 0.075
      const x = middle + side * Math.sin(angle * 1.6) * radius
      const y = beam - span * 0.075 + Math.cos(angle * 1.6) * radius * 0.75
      return `<ellipse cx="${n(x)}" cy="${n(y)}" rx="${n(span * 0.007)}" ry="${n(span * 0.019)}" fill="${gold}" transform="rotate(${n(side * (80 - index * 22))} ${n(x)} ${n(y)})"/>`
    }),
  )
  const frame = Math.min(width, height) * 0.03
  const picture = `<rect width="100%" height="100%" fill="${wall}"/>
<rect x="${n(left)}" y="${n(beam)}" width="${n(span)}" height="${n(floor - beam)}" fill="${shade}"/>
${columns.join('')}
<path d="M${n(left - span * 0.05)} ${n(beam)}L${n(middle)} ${n(roof)}L${n(left + span * 1.05)} ${n(beam)}Z" fill="${stone}" stroke="${shade}" stroke-width="${n(span * 0.006)}"/>
<rect x="${n(left - span * 0.05)}" y="${n(beam)}" width="${n(span * 1.1)}" height="${n(span * 0.045)}" fill="${stone}" stroke="${shade}" stroke-width="${n(span * 0.004)}"/>
${leaves.join('')}
${[0, 1, 2].map((step) => `<rect x="${n(left - span * (0.05 + step * 0.04))}" y="${n(floor + step * span * 0.025)}" width="${n(span * (1.1 + step * 0.08))}" height="${n(span * 0.025)}" fill="${stone}" stroke="${shade}" stroke-width="${n(span * 0.004)}"/>`).join('')}
<rect x="${n(frame)}" y="${n(frame)}" width="${n(width - frame * 2)}" height="${n(height - frame * 2)}" fill="none" stroke="${gold}" stroke-width="${n(frame * 0.12)}"/>
<rect x="${n(frame * 1.4)}" y="${n(frame * 1.4)}" width="${n(width - frame * 2.8)}" height="${n(height - frame * 2.8)}" fill="none" stroke="${gold}" stroke-width="${n(frame * 0.05)}"/>
<line x1="${n(middle - span * 0.18)}" y1="${n(height * 0.715)}" x2="${n(middle + span * 0.18)}" y2="${n(height * 0.715)}" stroke="${gold}" stroke-width="${n(frame * 0.1)}"/>`
  return {
    picture,
    headline: {
      x: width * 0.1,
      y: height * 0.735,
      width: width * 0.8,
      height: height * 0.19,
      align: 'middle',
      colour: '#3b3226',
      weight: 400,
    },
  }
}
