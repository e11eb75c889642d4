import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { buildSchema } from 'graphql'
import { expect, test } from 'vitest'
import { buildContract, holdAgainst } from './contract.js'
import { servedSchema } from './served-schema.js'

const promises = buildContract(readFileSync(join(import.meta.dirname, 'contract.graphql'), 'utf8'))

test('what is served keeps the contract', () => {
  expect(holdAgainst(promises, servedSchema).broken).toEqual([])
})

test('what is not served yet is listed, and nothing else is', async () => {
  const { notServed } = holdAgainst(promises, servedSchema)
  await expect(`${notServed.join('\n')}\n`).toMatchFileSnapshot('not-yet-served.txt')
})

const contract = buildContract(`
  type Query { orders(first: Int, filter: Filter): OrderConnection! order(id: String! = "1"): Order }
  type Order { total: Int! status: Status! }
  type PageInfo { hasNextPage: Boolean! }
  scalar Cursor
  enum Status { CREATED PAID }
  input Filter { status: Status = PAID }
`)

test.for([
  ['Query.order is Order!, promised as Order', 'order(id: String! = "1"): Order', 'order(id: String! = "1"): Order!'],
  ['Order.total is Float!, promised as Int!', 'total: Int!', 'total: Float!'],
  ['Query.order(id:) is String! = "2", promised as String! = "1"', 'String! = "1"', 'String! = "2"'],
  ['Query.orders(first:) is Int!, promised as Int', 'first: Int', 'first: Int!'],
  ['Query.orders(tag:) is required, but clients do not know it', 'first: Int', 'first: Int, tag: String!'],
  ['Filter.status is Status, promised as Status = PAID', 'status: Status = PAID', 'status: Status'],
  ['Filter.tag is required, but clients do not know it', 'status: Status = PAID', 'status: Status = PAID tag: String!'],
  ['Status.LOST is a value that clients do not know', 'CREATED PAID', 'CREATED PAID LOST'],
  ['Order is declared by InputObjectTypeDefinition', 'type Order {', 'type Unused { a: Int } input Order {'],
] as const)('a break is found: %s', ([broken, before, after]) => {
  expect(holdAgainst(contract, serving(before, after)).broken).toContain(broken)
})

test.for([
  ['Query.orders(filter:)', ', filter: Filter', ''],
  ['Query.order', 'order(id: String! = "1"): Order', ''],
  ['Status.PAID', 'enum Status { CREATED PAID }', 'enum Status { CREATED }'],
  ['Filter.status', 'status: Status = PAID', 'other: Int'],
  ['OrderConnection.totalCount', 'totalCount: Int!', ''],
] as const)('what is missing is named: %s', ([missing, before, after]) => {
  expect(holdAgainst(contract, serving(before, after)).notServed).toContain(missing)
})

test('more than was promised is allowed', () => {
  const more = serving('total: Int!', 'total(currency: String): Int! note: String')
  expect(holdAgainst(contract, more)).toEqual({ broken: [], notServed: [] })
})

/** A schema that keeps the small contract above, but for one thing. */
function serving(before: string, after: string) {
  const kept = `
    type Query { orders(first: Int, filter: Filter): OrderConnection! order(id: String! = "1"): Order }
    type OrderConnection { edges: [OrderEdge!]! nodes: [Order!]! pageInfo: PageInfo! totalCount: Int! }
    type OrderEdge { node: Order! cursor: Cursor! }
    type Order { total: Int! status: Status! }
    type PageInfo { hasNextPage: Boolean! }
    scalar Cursor
    enum Status { CREATED PAID }
    input Filter { status: Status = PAID }
  `
  expect(kept).toContain(before)
  return buildSchema(kept.replace(before, after), { assumeValid: true })
}
