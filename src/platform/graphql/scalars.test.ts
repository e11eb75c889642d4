import { expect, test } from 'vitest'
import { DateTime, URLScalar } from './scalars.js'
import { Unparsable } from './unparsable.js'

test.for([
  ['2026-03-01T12:00:00Z', '2026-03-01T12:00:00.000Z'],
  ['2024-02-29T23:59:59.5+03:00', '2024-02-29T20:59:59.500Z'],
  ['2026-01-01T00:30:00+03:00', '2025-12-31T21:30:00.000Z'],
] as const)('%s is a moment', ([text, moment]) => {
  expect(DateTime.parseValue(text)).toEqual(new Date(moment))
})

test.for([
  '2026-02-30T12:00:00Z',
  '2025-02-29T12:00:00Z',
  '2026-04-31T12:00:00Z',
  '2026-13-01T12:00:00Z',
  '2026-03-01T25:00:00Z',
  '2026-03-01',
  '2026-03-01T12:00:00',
  'yesterday',
])('%s is none', (text) => {
  expect(DateTime.parseValue(text)).toBeInstanceOf(Unparsable)
})

test.for(['javascript:alert(1)', '/path', 'https://', 'https://a.example/\0', 'https://a.example/\ud800'])(
  '%j is not an address that a client may give',
  (text) => {
    expect(URLScalar.parseValue(text)).toBeInstanceOf(Unparsable)
  },
)
