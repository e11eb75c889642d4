/** A number as short as a picture needs it. */
export const n = (value: number): string => String(Math.round(value * 100) / 100)

export const escapeXml = (text: string): string =>
  text.replace(/[&<>"']/g, (character) => `&#${character.codePointAt(0)};`)

export const circle = (x: number, y: number, radius: number, fill: string, more = ''): string =>
  `<circle cx="${n(x)}" cy="${n(y)}" r="${n(radius)}" fill="${fill}" ${more}/>`

export const ring = (x: number, y: number, radius: number, colour: string, thick: number, more = ''): string =>
  circle(x, y, radius, 'none', `stroke="${colour}" stroke-width="${n(thick)}" ${more}`)

export const rect = (x: number, y: number, width: number, height: number, fill: string, more = ''): string =>
  `<rect x="${n(x)}" y="${n(y)}" width="${n(Math.max(0, width))}" height="${n(Math.max(0, height))}" fill="${fill}" ${more}/>`

export const line = (
  x1: number,
  y1: number,
  x2: number,
  y2: number,
  colour: string,
  thick: number,
  more = '',
): string =>
  `<line x1="${n(x1)}" y1="${n(y1)}" x2="${n(x2)}" y2="${n(y2)}" stroke="${colour}" stroke-width="${n(thick)}" ${more}/>`

export const path = (d: string, fill: string, more = ''): string => `<path d="${d}" fill="${fill}" ${more}/>`

/** Path data through points, closed or open. */
export const through = (points: readonly (readonly [number, number])[], end: 'Z' | '' = 'Z'): string =>
  `M${points.map(([x, y]) => `${n(x)} ${n(y)}`).join('L')}${end}`

/** Content in its own coordinates: scaled, then turned by degrees, then moved. */
export const placed = (x: number, y: number, content: string, turn = 0, scaleX = 1, scaleY = scaleX): string =>
  `<g transform="translate(${n(x)} ${n(y)}) rotate(${n(turn)}) scale(${scaleX.toFixed(4)} ${scaleY.toFixed(4)})">${content}</g>`

/** A colour that changes from top to bottom, or from left to right. */
export const gradient = (
  id: string,
  way: 'down' | 'right',
  stops: readonly (readonly [number, string, number?])[],
): string =>
  `<linearGradient id="${id}" x1="0" y1="0" x2="${way === 'right' ? 1 : 0}" y2="${way === 'down' ? 1 : 0}">${stopsOf(stops)}</linearGradient>`

/** A colour that changes from a centre outwards. */
export const halo = (id: string, stops: readonly (readonly [number, string, number?])[]): string =>
  `<radialGradient id="${id}">${stopsOf(stops)}</radialGradient>`

const stopsOf = (stops: readonly (readonly [number, string, number?])[]): string =>
  stops
    .map(([at, colour, opacity = 1]) => `<stop offset="${at}" stop-color="${colour}" stop-opacity="${opacity}"/>`)
    .join('')

/** One string for each number from 0 up to `count`, joined. */
export const repeat = (count: number, draw: (index: number) => string): string =>
  Array.from({ length: Math.max(0, Math.floor(count)) }, (_, index) => draw(index)).join('')
