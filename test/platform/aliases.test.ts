import { expect, test } from 'vitest'
import { openAccount } from '../testkit/account.js'
import { TestClient } from '../testkit/client.js'
import { startTestServer } from '../testkit/server.js'
import { addItem } from '../testkit/shop-rows.js'

const server = await startTestServer()
const visitor = new TestClient(server)
const designer = await openAccount(server, 'DESIGNER', { displayName: 'Olga' })
const { prisma } = server.platform.database
await addItem(prisma, { designerId: designer.id, title: 'First' })
const id = await addItem(prisma, { designerId: designer.id, title: 'Second' })

interface Screen {
  readonly marketplaceItem: object
}

const SCREEN = /* GraphQL */ `
  query Screen($id: UUID!) {
    marketplaceItem(id: $id) {
      ...Names
      ...Prices
      again: designer {
        items(first: 1) { nodes { title } }
        all: items(first: 20) { edges { node { title } } nodes { price { amount } } }
      }
    }
  }
  fragment Names on MarketplaceItem { designer { items(first: 1) { nodes { title } } } }
  fragment Prices on MarketplaceItem { designer { displayName items(first: 1) { nodes { price { amount } } } } }`

// What Apollo Client makes of a screen of components: the same field from several fragments, each with its own wishes.
test('one page asked for several times, by aliases and fragments, answers each in full and in one statement', async () => {
  let answer: Screen | undefined
  const statements = await server.statements.during(async () => {
    answer = await visitor.get<Screen>(SCREEN, { id })
  })
  const price = { amount: 100_000 }
  const [second, first] = [{ title: 'Second' }, { title: 'First' }]
  expect(answer?.marketplaceItem).toEqual({
    designer: { displayName: 'Olga', items: { nodes: [{ ...second, price }] } },
    again: {
      items: { nodes: [second] },
      all: { nodes: [{ price }, { price }], edges: [{ node: second }, { node: first }] },
    },
  })
  expect(statements).toHaveLength(1)
})
