import { readFileSync } from 'node:fs'
import { buildSchema, getVariableValues, Kind, parse, validate } from 'graphql'
import { describe, expect, test } from 'vitest'
import { newId } from '../kernel/ids.js'
import { graphiqlExamples } from './graphiql-examples.js'

const COLUMNS = 56
const schema = buildSchema(readFileSync('schema.graphql', 'utf8'))

const examples = graphiqlExamples.map(({ query, variables = '{}', headers = '{}' }) => {
  const document = parse(query)
  const [operation] = document.definitions
  if (operation?.kind !== Kind.OPERATION_DEFINITION) throw new Error('an example is one operation')
  return { name: operation.name?.value ?? '', query, document, operation, variables, headers }
})

describe.each(examples)('the example $name', ({ query, document, operation, variables, headers }) => {
  test('is valid, with its variables', () => {
    expect(validate(schema, document)).toEqual([])
    const filled = JSON.parse(
      variables.replaceAll(/\{\{[\w.]+\.id\}\}/g, newId()).replaceAll(/\{\{[\w.]+\}\}/g, 'text'),
    )
    expect(getVariableValues(schema, operation.variableDefinitions ?? [], filled).errors).toBeUndefined()
  })

  test(`fits into ${COLUMNS} columns`, () => {
    expect(query.split('\n').filter((line) => line.length > COLUMNS)).toEqual([])
  })

  test('uses only what an earlier one answers', () => {
    const before = examples.slice(
      0,
      examples.findIndex((other) => other.document === document),
    )
    const answered = before.flatMap((other) =>
      other.operation.selectionSet.selections.map((field) =>
        field.kind === Kind.FIELD ? (field.alias ?? field.name).value : '',
      ),
    )
    const used = [...`${variables}${headers}`.matchAll(/\{\{(\w+)/g)].map(([, name]) => name)
    expect(used.filter((name) => !answered.includes(name ?? ''))).toEqual([])
  })
})
