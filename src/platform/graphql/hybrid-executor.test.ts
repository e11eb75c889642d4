import { buildSchema, type GraphQLSchema, parse } from 'graphql'
import { expect, test } from 'vitest'
import { toClientError } from './client-error.js'
import { hybridExecutor } from './hybrid-executor.js'

const schema: GraphQLSchema = buildSchema(`
  type Query { missing: String! number: Int! list: [Int!]! colour: Colour! echo(text: String! = "a"): String }
  enum Colour { RED }`)
const values: Record<string, unknown> = { missing: null, number: 'many', list: 3, colour: 'BLUE', echo: 'a' }
for (const [name, field] of Object.entries(schema.getQueryType()?.getFields() ?? {})) field.resolve = () => values[name]

/** The answers to one document, used often enough to be compiled on the way. */
async function answers(source: string, variables: Record<string, unknown> = {}) {
  const execute = hybridExecutor(schema)
  const document = parse(source)
  const codes = new Set<unknown>()
  for (let use = 0; use < 5; use++) {
    const { errors = [] } = await execute({ document, operationName: undefined, variables, context: {} })
    codes.add(errors.map((error) => toClientError(error, { isProduction: true }).extensions?.code).join())
  }
  return [...codes]
}

test.for(['missing', 'number', 'list', 'colour'])(
  'a %s value that cannot be written is a fault of ours, compiled or not',
  async (field) => {
    expect(await answers(`{ ${field} }`)).toEqual(['INTERNAL_SERVER_ERROR'])
  },
)

test('null for an argument that has a default is a fault of the caller, compiled or not', async () => {
  expect(await answers('query ($text: String) { echo(text: $text) }', { text: null })).toEqual(['BAD_USER_INPUT'])
})
