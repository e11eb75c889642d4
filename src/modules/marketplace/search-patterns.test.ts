import { describe, expect, it } from 'vitest'
import { searchPatterns } from './search-patterns.js'

describe('searchPatterns', () => {
  it.each([
    ['', []],
    [' \n\t ', []],
    ['banner', ['%banner%']],
    ['  Яркий   баннер ', ['%Яркий%', '%баннер%']],
    ['50%', ['%50\\%%']],
    ['snake_case', ['%snake\\_case%']],
    ['back\\slash', ['%back\\\\slash%']],
    ["o'neil; drop", ["%o'neil;%", '%drop%']],
  ])('%j looks for %j', (search, patterns) => {
    expect(searchPatterns(search)).toEqual(patterns)
  })

  it('looks for ten words at most', () => {
    expect(searchPatterns('a '.repeat(50))).toHaveLength(10)
  })
})
