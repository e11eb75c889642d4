import { expect, test } from 'vitest'
import { sourceFiles } from './source-files.js'

const MAX_LINES = 250

test(`no file of the server is longer than ${MAX_LINES} lines`, () => {
  const long = sourceFiles.map(({ path, text }) => ({ path, lines: text.trimEnd().split('\n').length }))
  expect(long.length).toBeGreaterThan(60)
  expect(long.filter(({ lines }) => lines > MAX_LINES)).toEqual([])
})
