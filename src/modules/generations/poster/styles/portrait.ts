import { n, type Style } from '../canvas.js'

/** One stylised bust in large planes of colour, as on a screen-printed poster. */
export const portrait: Style = ({ width, height, random }) => {
  const [back, halo, skin, shadow, cloth, hair] = random.pick([
    ['#f3c9a5', '#f08a5d', '#f7dcc4', '#d99a78', '#27496d', '#2b1a1f'],
    ['#bfd7ea', '#ff6f59', '#f4d3b5', '#c98a6b', '#254441', '#43281c'],
    ['#f5e1b9', '#7a9e7e', '#e8b98f', '#b77b56', '#6d213c', '#1c1c1c'],
  ] as const)
  const unit = Math.min(width * 0.9, height * 0.62)
  const x = width * random.between(0.46, 0.54)
  const top = height * 0.06
  const face = unit * 0.2
  const faceY = top + unit * 0.38
  const isLong = random.chance(0.5)
  const hairPath = isLong
    ? `M${n(x - face * 1.25)} ${n(faceY + face * 1.9)}Q${n(x - face * 1.7)} ${n(faceY - face * 1.9)} ${n(x)} ${n(faceY - face * 1.75)}Q${n(x + face * 1.7)} ${n(faceY - face * 1.9)} ${n(x + face * 1.25)} ${n(faceY + face * 1.9)}Z`
    : `M${n(x - face * 1.12)} ${n(faceY + face * 0.1)}Q${n(x - face * 1.5)} ${n(faceY - face * 1.8)} ${n(x + face * 0.1)} ${n(faceY - face * 1.72)}Q${n(x + face * 1.5)} ${n(faceY - face * 1.7)} ${n(x + face * 1.12)} ${n(faceY + face * 0.1)}Z`
  const picture = `<rect width="100%" height="100%" fill="${back}"/>
<circle cx="${n(x)}" cy="${n(faceY)}" r="${n(unit * 0.4)}" fill="${halo}"/>
<path d="${hairPath}" fill="${hair}"/>
<path d="M${n(x - unit * 0.46)} ${n(top + unit * 1.02)}Q${n(x - unit * 0.42)} ${n(faceY + face * 1.75)} ${n(x)} ${n(faceY + face * 1.6)}Q${n(x + unit * 0.42)} ${n(faceY + face * 1.75)} ${n(x + unit * 0.46)} ${n(top + unit * 1.02)}Z" fill="${cloth}"/>
<path d="M${n(x - face * 0.42)} ${n(faceY + face * 0.8)}h${n(face * 0.84)}v${n(face * 0.95)}q${n(-face * 0.42)} ${n(face * 0.45)} ${n(-face * 0.84)} 0Z" fill="${shadow}"/>
<ellipse cx="${n(x)}" cy="${n(faceY)}" rx="${n(face * 0.95)}" ry="${n(face * 1.25)}" fill="${skin}"/>
<path d="M${n(x)} ${n(faceY - face * 1.25)}A${n(face * 0.95)} ${n(face * 1.25)} 0 0 1 ${n(x)} ${n(faceY + face * 1.25)}Q${n(x + face * 0.35)} ${n(faceY)} ${n(x)} ${n(faceY - face * 1.25)}Z" fill="${shadow}" opacity=".55"/>
<path d="M${n(x - face * 0.98)} ${n(faceY - face * 0.25)}Q${n(x - face * 0.5)} ${n(faceY - face * 1.35)} ${n(x + face * 0.35)} ${n(faceY - face * 1.05)}Q${n(x + face * 0.95)} ${n(faceY - face * 0.9)} ${n(x + face * 0.98)} ${n(faceY - face * 0.2)}Q${n(x + face * 1.15)} ${n(faceY - face * 1.6)} ${n(x)} ${n(faceY - face * 1.55)}Q${n(x - face * 1.15)} ${n(faceY - face * 1.5)} ${n(x - face * 0.98)} ${n(faceY - face * 0.25)}Z" fill="${hair}"/>
${[-1, 1].map((side) => `<ellipse cx="${n(x + side * face * 0.38)}" cy="${n(faceY)}" rx="${n(face * 0.13)}" ry="${n(face * 0.09)}" fill="${hair}"/><path d="M${n(x + side * face * 0.2)} ${n(faceY - face * 0.2)}q${n(side * face * 0.2)} ${n(-face * 0.13)} ${n(side * face * 0.4)} 0" stroke="${hair}" stroke-width="${n(face * 0.07)}" fill="none" stroke-linecap="round"/>`).join('')}
<path d="M${n(x)} ${n(faceY + face * 0.05)}l${n(-face * 0.1)} ${n(face * 0.38)}h${n(face * 0.17)}" stroke="${shadow}" stroke-width="${n(face * 0.06)}" fill="none"/>
<path d="M${n(x - face * 0.28)} ${n(faceY + face * 0.7)}q${n(face * 0.28)} ${n(face * 0.2)} ${n(face * 0.56)} 0q${n(-face * 0.28)} ${n(-face * 0.14)} ${n(-face * 0.56)} 0Z" fill="#b23a48"/>
<rect x="0" y="${n(height * 0.68)}" width="100%" height="${n(height * 0.32)}" fill="${cloth}"/>
<rect x="0" y="${n(height * 0.68)}" width="100%" height="${n(height * 0.012)}" fill="${halo}"/>`
  return {
    picture,
    headline: {
      x: width * 0.07,
      y: height * 0.71,
      width: width * 0.86,
      height: height * 0.25,
      align: 'middle',
      colour: back,
      weight: 700,
    },
  }
}
