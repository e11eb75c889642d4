import { expect, test } from 'vitest'
import { schemaBreaks } from './schema-breaks.js'

const old = 'type Query { order(id: ID!): Order } type Order { id: ID! note: String }'

test.for([
  ['a field goes', old.replace('note: String', '')],
  ['a type changes', old.replace('note: String', 'note: Int')],
  ['an argument becomes required', old.replace('id: ID!)', 'id: ID!, tag: String!)')],
] as const)('%s: that breaks clients', async ([, changed]) => {
  expect(await schemaBreaks(old, changed)).toHaveLength(1)
})

test('more than before breaks nobody', async () => {
  const more = old.replace('note: String', 'note: String total: Int').replace('id: ID!)', 'id: ID!, tag: String)')
  expect(await schemaBreaks(old, more)).toEqual([])
})
