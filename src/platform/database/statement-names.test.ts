import { describe, expect, test } from 'vitest'

import { statementNames } from './statement-names.js'

describe('the names of prepared statements', () => {
  test('go to a statement once it has come five times', () => {
    const nameOf = statementNames()
    const names = Array.from({ length: 6 }, () => nameOf({ sql: 'SELECT 1' }))

    expect(names).toEqual(['', '', '', '', 'adtime_0', 'adtime_0'])
  })

  test('run out at three hundred, after which new statements stay unnamed', () => {
    const nameOf = statementNames()
    const lastNameOf = (sql: string) => Array.from({ length: 5 }, () => nameOf({ sql })).at(-1)
    const names = Array.from({ length: 400 }, (_, index) => lastNameOf(`SELECT ${index}`))

    expect(new Set(names.slice(0, 300)).size).toBe(300)
    expect(names.slice(300).every((name) => name === '')).toBe(true)
    expect(nameOf({ sql: 'SELECT 0' })).toBe('adtime_0')
  })
})
