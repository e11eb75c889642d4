import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { expect, test } from 'vitest'
import { environmentSchema } from '../../src/platform/config/environment.js'
import { composeVariables } from './compose-file.js'

const lines = readFileSync(join(resolve(import.meta.dirname, '../..'), '.env.example'), 'utf8').split('\n')
const declared = lines.flatMap((line, index) => {
  const name = /^([A-Z][A-Z0-9_]*)=/.exec(line)?.[1]
  return name ? [{ name, value: line.slice(name.length + 1), comment: lines[index - 1] ?? '' }] : []
})

test('.env.example names every variable that the server or docker-compose.yml reads, once, and no other', () => {
  const read = new Set([...Object.keys(environmentSchema.shape), ...composeVariables])
  expect(declared.map(({ name }) => name).sort()).toEqual([...read].sort())
})

test('each variable of .env.example has one line above it that says what it is', () => {
  expect(declared.filter(({ comment }) => !/^# \S.{10,}/.test(comment)).map(({ name }) => name)).toEqual([])
})

test('.env.example holds no values: every one is a default or a secret', () => {
  expect(declared.filter(({ value }) => value !== '').map(({ name }) => name)).toEqual([])
})
