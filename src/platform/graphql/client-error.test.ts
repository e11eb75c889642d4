import { buildSchema, execute, parse } from 'graphql'
import { expect, test } from 'vitest'
import { toClientError } from './client-error.js'

const schema = buildSchema(`
  type Query { items(first: Int!, sort: Sort, input: Input): Int }
  enum Sort { NEWEST }
  input Input { lines: [Line!], size: Int! = 1 }
  input Line { quantity: Int!, kind: Sort }`)

/** The wrong fields of an operation that is refused, as wrong input each time. */
function fieldsOf(source: string, variableValues: Record<string, unknown>) {
  const { errors = [] } = execute({ schema, document: parse(source), variableValues }) as { errors?: readonly Error[] }
  return errors.flatMap((error) => {
    const { extensions } = toClientError(error, { isProduction: true })
    expect(extensions?.code).toBe('BAD_USER_INPUT')
    return extensions?.fields ?? []
  })
}

test('a variable that is missing is named by the argument it is for', () => {
  expect(fieldsOf('query ($n: Int!) { items(first: $n) }', {})).toMatchObject([{ path: 'first' }])
  expect(fieldsOf('query ($n: Int = 1) { items(first: $n) }', { n: null })).toMatchObject([{ path: 'first' }])
})

test.for([
  [{ lines: [{ quantity: 1 }, { quantity: 'x' }] }, 'input.lines.1.quantity'],
  [{ lines: [{ quantity: 1, kind: 'OLDEST' }] }, 'input.lines.0.kind'],
  [{ lines: [{}] }, 'input.lines.0.quantity'],
  [{ size: null }, 'input.size'],
  [7, 'input'],
] as const)('what is wrong in %j is %s, whatever the variable is called', ([given, path]) => {
  const source = 'query ($anything: Input) { items(first: 1, input: $anything) }'
  expect(fieldsOf(source, { anything: given })).toMatchObject([{ path }])
})

test('a variable inside an input object has the path of its place', () => {
  const source = 'query ($s: Sort, $q: Int!) { items(first: 1, sort: $s, input: { lines: [{ quantity: $q }] }) }'
  expect(fieldsOf(source, { q: 'x' })).toMatchObject([{ path: 'input.lines.quantity' }])
  expect(fieldsOf(source, { q: 1, s: 'OLDEST' })).toMatchObject([{ path: 'sort' }])
})
