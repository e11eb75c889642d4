import { describe, expect, test } from 'vitest'
import { progressAt } from './generation-progress.js'

describe('the progress of a generation', () => {
  test.each([
    ['one image that just started', 1, 0, 'started', 0, 0.1],
    ['one image, half drawn', 1, 0, 'started', 0.6, 0.457],
    ['one image, drawn', 1, 0, 'drawn', 0, 0.695],
    ['one image, stored', 1, 0, 'stored', 0, 0.95],
    ['the second of four, just started', 4, 1, 'started', 0, 0.313],
    ['the last of four, stored', 4, 3, 'stored', 0, 0.95],
    ['a provider that exaggerates', 1, 0, 'started', 7, 0.695],
  ] as const)('with %s', (_name, images, position, step, fraction, expected) => {
    expect(progressAt(images, position, step, fraction)).toBeCloseTo(expected, 3)
  })

  test('only ever grows', () => {
    const seen = [0, 1, 2, 3].flatMap((position) =>
      (['started', 'drawn', 'stored'] as const).map((step) => progressAt(4, position, step)),
    )
    expect(seen).toEqual([...seen].sort((left, right) => left - right))
  })
})
