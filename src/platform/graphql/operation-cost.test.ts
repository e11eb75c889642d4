import { buildSchema, getOperationAST, parse } from 'graphql'
import { expect, it } from 'vitest'
import { operationCost } from './operation-cost.js'

const schema = buildSchema(`
  type Query { me: User orders(first: Int, last: Int): OrderConnection! }
  type Mutation { logout: Boolean! rename(name: String!): User! }
  type User { id: ID! name: String! orders(first: Int): OrderConnection! }
  type OrderConnection { nodes: [Order!]! edges: [OrderEdge!]! totalCount: Int! }
  type OrderEdge { node: Order! cursor: String! }
  type Order { id: ID! lines: [Line!]! }
  type Line { id: ID! title: String! }`)

function costOf(source: string, variables: Record<string, unknown> = {}): number {
  const document = parse(source)
  const operation = getOperationAST(document)
  return operation ? operationCost(schema, document, operation, variables) : -1
}

it.each([
  ['{ me { id name } }', 3],
  ['{ orders { nodes { id } } }', 1 + 20 * 2],
  ['{ orders(first: 3) { totalCount nodes { id } } }', 1 + 3 * 3],
  ['{ orders(last: 2) { edges { cursor node { id } } } }', 1 + 2 * 4],
  ['{ orders(first: 1000) { nodes { id } } }', 1 + 100 * 2],
  ['{ orders(first: 10) { nodes { lines { id title } } } }', 1 + 10 * (1 + 1 + 5 * 2)],
  ['{ me { orders(first: 2) { nodes { id } } } }', 1 + 1 + 2 * 2],
  ['{ ...Mine } fragment Mine on Query { me { ...Name } } fragment Name on User { name }', 2],
  ['{ me { ... on User { id } ... { name } } }', 3],
  ['mutation { logout rename(name: "A") { id } }', 2 * 10 + 1 + 2],
  ['{ __schema { types { name fields { name } } } }', 500],
])('%s costs %i', (source, cost) => {
  expect(costOf(source)).toBe(cost)
})

it('counts a page by its variable each time, not as it was the first time', () => {
  const document = parse('query($n: Int) { orders(first: $n) { nodes { id } } }')
  const operation = getOperationAST(document)
  if (!operation) throw new Error('no operation')
  const cost = (n?: number) => operationCost(schema, document, operation, { n })
  expect([cost(5), cost(50), cost(5), cost()]).toEqual([11, 101, 11, 41])
})
