import { getIntrospectionQuery } from 'graphql'
import { describe, expect, test } from 'vitest'
import { openAccount } from '../testkit/account.js'
import { type GraphqlAnswer, TestClient } from '../testkit/client.js'
import { startTestServer } from '../testkit/server.js'
import { addFactory, addItem, addOrder } from '../testkit/shop-rows.js'

const server = await startTestServer()
const { prisma } = server.platform.database
const designer = await openAccount(server, 'DESIGNER', { displayName: 'Designer' })
const buyer = await openAccount(server, 'USER', { displayName: 'Buyer' })
const itemIds = [
  await addItem(prisma, { designerId: designer.id, title: 'First' }),
  await addItem(prisma, { designerId: designer.id, title: 'Second', productType: 'STANDEE' }),
  await addItem(prisma, { designerId: designer.id, title: 'Third' }),
]
const factoryId = await addFactory(prisma)
const printer = await openAccount(server, 'FACTORY', { factoryId })
const orderId = await addOrder(prisma, { customerId: buyer.id, itemIds, factoryId })
await addOrder(prisma, { customerId: buyer.id, itemIds: itemIds.slice(0, 1), status: 'CREATED' })

const NOBODY = '018f4e3a-0000-7000-8000-000000000000'

interface Operation {
  readonly query: string
  readonly variables?: Record<string, unknown>
  readonly as?: TestClient
  /** What it fails with; nothing when absent. */
  readonly code?: string
}

const operations: Readonly<Record<string, Operation>> = {
  'a plain list': { query: '{ plans { tier price { amount formatted } } }' },
  'nested lists': {
    query: '{ marketplaceItems { nodes { title designer { displayName } reviews(first: 3) { nodes { rating } } } } }',
  },
  'edges, cursors and a count': {
    query:
      '{ marketplaceItems(first: 2) { edges { cursor node { id } } pageInfo { hasNextPage endCursor } totalCount } }',
  },
  variables: {
    query: 'query($first: Int, $sort: ItemSort) { marketplaceItems(first: $first, sort: $sort) { nodes { title } } }',
    variables: { first: 2, sort: 'NEWEST' },
  },
  'an input object in the document': {
    query: '{ marketplaceItems(filter: { productType: [STANDEE] }) { nodes { title productType } } }',
  },
  'aliases of one connection with different arguments': {
    query:
      '{ me { one: orders(first: 1) { nodes { number } } all: orders { nodes { number lines { title } } totalCount } } }',
  },
  '@skip and @include by variables': {
    query: `query($with: Boolean!, $without: Boolean!) {
      marketplaceItems { nodes { title @skip(if: $without) id @include(if: $with) price @include(if: $without) { amount } } }
    }`,
    variables: { with: true, without: false },
  },
  'fragments, named and inline': {
    query: `query($id: UUID!) { order(id: $id) { ...Head lines { ... on OrderLine { title quantity } } customer { ...Person } } }
      fragment Head on Order { number status total { amount } customer { id } }
      fragment Person on User { displayName }`,
    variables: { id: orderId },
  },
  '__typename everywhere': {
    query: '{ __typename plans { __typename } marketplaceItems { __typename nodes { __typename } } }',
  },
  'a nullable field that is hidden': {
    code: 'NOT_FOUND',
    query: 'query($id: UUID!) { order(id: $id) { number } plans { tier } }',
    variables: { id: NOBODY },
  },
  'a list that a visitor may not see': {
    code: 'UNAUTHENTICATED',
    query: '{ orders { totalCount } plans { tier } }',
    as: new TestClient(server),
  },
  'a number out of bounds': { code: 'BAD_USER_INPUT', query: '{ marketplaceItems(first: 500) { totalCount } }' },
  'a number out of bounds in a variable': {
    code: 'BAD_USER_INPUT',
    query: 'query($first: Int) { marketplaceItems(first: $first) { totalCount } }',
    variables: { first: 500 },
  },
  'a scalar that does not parse': {
    code: 'BAD_USER_INPUT',
    query: 'query($id: UUID!) { order(id: $id) { id } }',
    variables: { id: 'seven' },
  },
  'a variable of the wrong type': {
    code: 'BAD_USER_INPUT',
    query: 'query($id: UUID!) { order(id: $id) { id } }',
    variables: { id: 7 },
  },
  'a missing variable': {
    code: 'BAD_USER_INPUT',
    query: 'query($id: UUID!, $x: Int) { order(id: $id) { id } marketplaceItems(first: $x) { totalCount } }',
  },
  'a foreign cursor': { code: 'BAD_USER_INPUT', query: '{ marketplaceItems(after: "bm90IG91cnM") { totalCount } }' },
  'private fields of somebody else': {
    code: 'FORBIDDEN',
    query: 'query($id: UUID!) { order(id: $id) { number customer { displayName balance { amount } } } plans { tier } }',
    variables: { id: orderId },
    as: printer.client,
  },
  introspection: { query: getIntrospectionQuery() },
}

/** An answer without what differs from request to request, and without the places in the document, which compiled queries do not know. */
const essence = ({ status, data, errors }: GraphqlAnswer<unknown>) => ({
  status,
  data,
  errors: errors.map(({ message, path, extensions: { requestId: _, ...extensions } }) => ({
    message,
    path,
    extensions,
  })),
})

describe('a query that comes again and is compiled answers as it did at first', () => {
  test.each(Object.keys(operations))('%s', async (name) => {
    const { query, variables, as, code } = operations[name] ?? { query: '' }
    const client = as ?? buyer.client
    const answers = []
    for (let run = 1; run <= 5; run++) answers.push(essence(await client.ask(query, variables)))

    expect(answers[0]?.errors[0]?.extensions.code).toBe(code)
    expect(answers[3]).toEqual(answers[0])
    expect(answers[4]).toEqual(answers[0])
  })
})
