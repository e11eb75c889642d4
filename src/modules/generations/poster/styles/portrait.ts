import type { Style } from '../canvas.js'
import type { Random } from '../random.js'
import { circle, n, path, placed, rect, repeat, ring } from '../svg.js'

interface Paints {
  readonly back: string
  readonly sun: string
  readonly skin: string
  readonly shadow: string
  readonly cloth: string
  readonly hair: string
  readonly lips: string
}

const PAINTS: readonly Paints[] = [
  {
    back: '#f4c9a4',
    sun: '#ee6c4d',
    skin: '#fbe0cb',
    shadow: '#e0a285',
    cloth: '#1f3f66',
    hair: '#2a1720',
    lips: '#c8323f',
  },
  {
    back: '#a9d0d6',
    sun: '#f6bd60',
    skin: '#f3cfae',
    shadow: '#c98d69',
    cloth: '#7a1e3a',
    hair: '#4a2415',
    lips: '#b3303c',
  },
  {
    back: '#e9dcc0',
    sun: '#588b76',
    skin: '#a8694a',
    shadow: '#7d4630',
    cloth: '#e0a526',
    hair: '#17110f',
    lips: '#6e1f28',
  },
  {
    back: '#2b2d5b',
    sun: '#f25f5c',
    skin: '#f7d6c0',
    shadow: '#cc8f86',
    cloth: '#f2c14e',
    hair: '#12122b',
    lips: '#d1344b',
  },
]

/** One stylised bust in large planes of light and shadow, as on a screen-printed poster. */
export const portrait: Style = ({ width, height, art, words, short, type, random }) => {
  const paints = random.pick(PAINTS)
  const { back, sun, cloth } = paints
  const scale = Math.min(art.width / 100, art.height / 96)
  const [x, y] = [art.x + art.width / 2, art.y + art.height]
  const dark = ['#1f3f66', '#7a1e3a'].includes(cloth)
  const rays = repeat(24, (ray) => path('M0 0L800 -52V52Z', sun, `fill-opacity=".16" transform="rotate(${ray * 15})"`))
  return {
    picture: `<clipPath id="art">${rect(art.x, art.y, art.width, art.height, '#000')}</clipPath>${rect(0, 0, width, height, cloth)}${rect(art.x, art.y, art.width, art.height, back)}
<g clip-path="url(#art)">${placed(x, y - 52 * scale, rays, 0, scale)}${placed(x, y, circle(0, -54, 37, sun) + ring(0, -54, 40.5, sun, 0.9) + bust(paints, random), 0, scale * (random.chance(0.5) ? 1 : -1), scale)}</g>
${rect(words.x, words.y + short * 0.012, short * 0.14, short * 0.014, dark ? sun : paints.hair)}`,
    headline: {
      ...words,
      y: words.y + short * 0.055,
      height: words.height - short * 0.055,
      align: 'start',
      vertical: 'top',
      colour: dark ? back : paints.hair,
      weight: 900,
      largest: type * 0.12,
      tracking: -0.01,
    },
  }
}

/** From (0, 0), the middle of the lower edge, 96 units up. The light comes from the left. */
function bust({ skin, shadow, cloth, hair, lips, sun }: Paints, random: Random): string {
  const style = random.pick(HAIR)
  const stroke = (d: string, colour: string, thick: number) =>
    path(d, 'none', `stroke="${colour}" stroke-width="${n(thick)}" stroke-linecap="round" stroke-linejoin="round"`)
  const eye = (side: number) =>
    path(
      `M${side * 4} -54.6Q${side * 7.6} -58 ${side * 11.4} -54.9Q${side * 7.6} -52.6 ${side * 4} -54.6Z`,
      '#fffaf2',
    ) +
    circle(side * 7.5, -55.2, 1.65, hair) +
    stroke(`M${side * 3.7} -54.8Q${side * 7.6} -58.6 ${side * 12.1} -55.2`, hair, 0.85)
  const extras = [
    random.chance(0.5)
      ? repeat(2, (index) =>
          circle(index ? 17.2 : -17.2, -43, 1.9, sun === '#f25f5c' || sun === '#ee6c4d' ? '#f6bd60' : sun),
        )
      : '',
    random.chance(0.3)
      ? `<g fill="none" stroke="${hair}" stroke-width="1"><circle cx="-7.8" cy="-55" r="6"/><circle cx="7.8" cy="-55" r="6"/><path d="M-1.8 -55.5Q0 -57 1.8 -55.5M-13.8 -56L-17 -57M13.8 -56L17 -57"/></g>`
      : '',
  ]
  return [
    style.behind(hair, cloth),
    path('M-7.6 -40V-24Q0 -16 7.6 -24V-40Z', shadow),
    path('M-47 2C-46 -15 -34 -20 -15 -23L-7.6 -26Q0 -14 7.6 -26L15 -23C34 -20 46 -15 47 2Z', cloth),
    path('M0 2V-18.4Q4 -20 7.6 -26L15 -23C34 -20 46 -15 47 2Z', '#000', 'fill-opacity=".16"'),
    stroke('M-9 -25.6Q0 -10.5 9 -25.6', sun, 1.6),
    path('M-16.6 -58C-17 -82 17 -82 16.6 -58C16.8 -46 11 -32.5 0 -32.5C-11 -32.5 -16.8 -46 -16.6 -58Z', skin),
    path(
      'M1.5 -76.4C13 -77 16.8 -68 16.6 -58C16.8 -46 11 -32.5 0 -32.5Q3.2 -36 1 -40L2.6 -42.8L0.6 -45.8L4.4 -48.2L1.2 -58Z',
      shadow,
    ),
    eye(-1),
    eye(1),
    stroke('M-13 -59.6Q-8.4 -63 -3.6 -60.6', hair, 1.25),
    stroke('M13 -59.6Q8.4 -63 3.6 -60.6', hair, 1.25),
    path('M-5.2 -40.4Q-2 -43 0 -41.9Q2 -43 5.2 -40.4Q0 -36.2 -5.2 -40.4Z', lips),
    stroke('M-5.2 -40.4Q0 -39.4 5.2 -40.4', '#00000055', 0.5),
    style.front(hair, cloth, sun),
    ...extras,
  ].join('')
}

interface Hair {
  behind(hair: string, cloth: string): string
  front(hair: string, cloth: string, sun: string): string
}

const HAIR: readonly Hair[] = [
  // A bob with a fringe.
  {
    behind: (hair) =>
      path('M-22 -36C-27 -70 -18 -88 0 -88C18 -88 27 -70 22 -36Q14 -33 10 -38H-10Q-14 -33 -22 -36Z', hair),
    front: (hair) =>
      path(
        'M-17.4 -50C-19 -64 -17 -72 -13 -75H13C17 -72 19 -64 17.4 -50C16 -56 15.6 -60 14.6 -64.4Q0 -69 -14.6 -64.4C-15.6 -60 -16 -56 -17.4 -50Z',
        hair,
      ) + path('M-16 -64Q-19 -80 0 -82Q19 -80 16 -64Q0 -69 -16 -64Z', hair),
  },
  // Gathered on top.
  {
    behind: (hair) => circle(3, -88, 8.6, hair) + path('M-19 -54C-22 -78 -12 -85 0 -85C12 -85 22 -78 19 -54Z', hair),
    front: (hair) =>
      path(
        'M-17.2 -54C-18 -68 -12 -76 6 -73.5C-2 -69 -13 -68 -17.2 -54ZM17.2 -54C18.4 -68 14 -76 4 -74C8 -69 15 -66 17.2 -54Z',
        hair,
      ),
  },
  // Short, swept aside.
  {
    behind: (hair) => path('M-18 -55C-21 -78 -10 -84 2 -84C16 -84 21 -74 18 -55Z', hair),
    front: (hair) =>
      path(
        'M-17.6 -54C-19 -66 -17 -74 -12 -79Q2 -92 18 -79C21 -72 18.6 -62 17.6 -54C16.4 -60 15.6 -64 14 -68Q-2 -66 -9 -73Q-15.4 -68 -17.6 -54Z',
        hair,
      ),
  },
  // Long waves.
  {
    behind: (hair) =>
      path(
        'M-19 -60C-22 -82 -10 -88 0 -88C12 -88 24 -80 20 -58C26 -48 18 -40 24 -30C29 -22 22 -14 17 -13L10 -26H-10L-17 -13C-24 -16 -28 -24 -23 -32C-18 -40 -27 -48 -19 -60Z',
        hair,
      ),
    front: (hair) =>
      path(
        'M-2 -79C-14 -80 -19.6 -68 -17.8 -48C-14 -58 -8 -66 -2 -79ZM-2 -79C10 -81 20 -70 17.8 -48C15 -58 6 -64 -2 -79Z',
        hair,
      ),
  },
  // A headscarf.
  {
    behind: (_hair, cloth) => path('M-20 -52C-25 -80 -12 -89 0 -89C12 -89 25 -80 20 -52L12 -30H-12Z', cloth),
    front: (hair, cloth, sun) =>
      path('M-15.8 -62Q-10 -72 0 -74Q10 -72 15.8 -62Q9 -67 0 -69Q-9 -67 -15.8 -62Z', hair) +
      path('M-17.4 -58Q-14 -72 0 -73Q14 -72 17.4 -58Q24 -84 0 -86Q-24 -84 -17.4 -58Z', cloth) +
      repeat(7, (dot) => circle(-15 + dot * 5, -77 + Math.abs(dot - 3) ** 1.7 * 1.2, 1.3, sun)),
  },
]
