import type { Canvas, Style } from '../canvas.js'
import { circle, gradient, halo, line, n, rect, repeat } from '../svg.js'

const NIGHT = '#070311'

/** A night city behind a neon grid, and words that glow. */
export const cyberpunk: Style = (canvas) => {
  const { width, height, short, type, margin, isWide, random } = canvas
  const [neon, second, haze] = random.pick([
    ['#ff2bd6', '#19f0ff', '#7a1a8c'],
    ['#ff3d6e', '#22e6ff', '#6a1b9a'],
    ['#ff4fa3', '#b4ff39', '#2a3f9e'],
    ['#19f0ff', '#ff2bd6', '#12459b'],
  ] as const)
  const horizon = height * 0.7
  const sunX = width * (isWide ? 0.72 : random.between(0.4, 0.6))
  const radius = isWide ? height * 0.3 : Math.min(width * 0.34, height * 0.2)
  const sunY = horizon - radius * 0.62
  const picture = `<defs>
${gradient('sky', 'down', [
  [0, '#080316'],
  [0.55, '#2a0d52'],
  [1, haze],
])}
${gradient('sun', 'down', [
  [0, '#ffe45c'],
  [0.55, '#ff8a3c'],
  [1, neon],
])}
${gradient('floor', 'down', [
  [0, haze],
  [0.35, '#150a30'],
  [1, NIGHT],
])}
${halo('haze', [
  [0, neon, 0.75],
  [0.5, neon, 0.22],
  [1, neon, 0],
])}
<filter id="glow" x="-30%" y="-30%" width="160%" height="160%"><feGaussianBlur stdDeviation="${n(short * 0.014)}"/></filter>
</defs>
${rect(0, 0, width, height, 'url(#sky)')}
${repeat(70, () => circle(random.between(0, width), random.between(0, horizon * 0.8), short * random.between(0.0008, 0.0022), '#fff', `fill-opacity="${n(random.between(0.25, 0.9))}"`))}
${circle(sunX, sunY, radius * 2.1, 'url(#haze)')}${sun(sunX, sunY, radius)}
${towers(canvas, horizon, 0.3, '#23104a', [neon, second])}${towers(canvas, horizon, 0.22, '#0c0620', [second, neon, '#ffe45c'])}
${floor(canvas, horizon, second)}
${rect(0, horizon - short * 0.003, width, short * 0.006, '#fff')}${rect(0, horizon - short * 0.012, width, short * 0.024, neon, 'fill-opacity=".55" filter="url(#glow)"')}`
  return {
    picture,
    headline: {
      x: margin,
      y: margin,
      width: isWide ? width * 0.5 - margin : width - margin * 2,
      height: isWide ? height * 0.44 : horizon - radius * 1.62 - margin * 1.5,
      align: 'start',
      vertical: 'top',
      colour: '#ffffff',
      weight: 900,
      upperCase: true,
      largest: type * 0.135,
      echoes: [
        { colour: neon, shift: 0, attributes: 'filter="url(#glow)" fill-opacity=".95"' },
        { colour: second, shift: -0.045, attributes: 'fill-opacity=".9"' },
        { colour: neon, shift: 0.045, attributes: 'fill-opacity=".9"' },
      ],
    },
  }
}

/** Cut into stripes that grow thinner downwards. */
const sun = (x: number, y: number, radius: number): string =>
  `<clipPath id="stripes">${rect(x - radius, y - radius, radius * 2, radius * 0.95, '#000')}${repeat(7, (stripe) =>
    rect(x - radius, y + radius * (-0.01 + stripe * 0.15), radius * 2, radius * (0.115 - stripe * 0.012), '#000'),
  )}</clipPath>${circle(x, y, radius, 'url(#sun)', 'clip-path="url(#stripes)"')}`

/** One row of towers, lower towards the middle, with lit windows and neon signs. */
function towers(
  { width, short, isWide, random }: Canvas,
  horizon: number,
  share: number,
  wall: string,
  lights: readonly string[],
) {
  const drawn: string[] = []
  const middle = width * (isWide ? 0.72 : 0.5)
  for (let x = -short * 0.03; x < width; ) {
    const wide = short * random.between(0.06, 0.12)
    const away = Math.min(1, (Math.abs(x + wide / 2 - middle) / Math.min(width, horizon * 1.4)) * 2)
    const limit = isWide && x < width * 0.58 ? 0.55 : 1
    const tall = horizon * share * limit * (0.3 + away) * random.between(0.7, 1.15)
    const top = horizon - tall
    const cell = wide / random.whole(5, 7)
    drawn.push(rect(x, top, wide, tall, wall))
    if (random.chance(0.4)) drawn.push(rect(x + wide * 0.46, top - tall * 0.2, wide * 0.04, tall * 0.2, wall))
    const colour = random.pick(lights)
    for (let row = 1; row * cell < tall - cell; row++)
      for (let column = 1; (column + 0.8) * cell < wide; column++)
        if (random.chance(0.34))
          drawn.push(
            rect(
              x + column * cell,
              top + row * cell,
              cell * 0.55,
              cell * 0.42,
              random.chance(0.8) ? colour : '#fff',
              `fill-opacity="${n(random.between(0.35, 0.95))}"`,
            ),
          )
    if (random.chance(0.28)) {
      const colour = random.pick(lights)
      const sign = (out: number, opacity: number) =>
        rect(
          x + wide * 0.78 - out,
          top + tall * 0.14 - out,
          wide * 0.14 + out * 2,
          tall * 0.4 + out * 2,
          colour,
          `rx="${n(wide * 0.04 + out)}" fill-opacity="${opacity}"`,
        )
      drawn.push([0.16, 0.11, 0.06].map((out) => sign(wide * out, 0.16)).join(''), sign(0, 1))
    }
    x += wide * random.between(0.85, 1.12)
  }
  return drawn.join('')
}

/** A grid that runs to the horizon. */
function floor({ width, height, short }: Canvas, horizon: number, colour: string): string {
  const deep = height - horizon
  const thick = Math.max(1, short * 0.0026)
  const rays = repeat(41, (index) => {
    const from = width / 2 + (index - 20) * width * 0.045
    return line(from, horizon, width / 2 + (from - width / 2) * 5.5, height, colour, thick)
  })
  const rows = repeat(10, (index) => {
    const y = horizon + deep * ((index + 0.4) / 9.6) ** 2.1
    return line(0, y, width, y, colour, thick * (0.6 + index * 0.12))
  })
  return `${rect(0, horizon, width, deep, 'url(#floor)')}<g stroke-opacity=".8">${rays}${rows}</g>`
}
