import { expect, it } from 'vitest'
import { newId } from '../../../src/kernel/ids.js'
import { TestClient } from '../../testkit/client.js'
import { startTestServer } from '../../testkit/server.js'

const server = await startTestServer()
const visitor = new TestClient(server)

const LIST = /* GraphQL */ `
  query FactoryList($productType: ProductType, $first: Int, $after: Cursor) {
    factories(productType: $productType, first: $first, after: $after) { nodes { id name specializations } totalCount pageInfo { endCursor hasNextPage } }
  }`
const ONE = /* GraphQL */ `query FactoryById($id: UUID!) { factory(id: $id) { id name isActive } }`

interface Listed {
  readonly factories: {
    readonly nodes: { readonly id: string }[]
    readonly totalCount: number
    readonly pageInfo: { readonly endCursor: string; readonly hasNextPage: boolean }
  }
}

const add = async (rating: number, specializations: ('BANNER' | 'STANDEE')[], isActive = true) => {
  const id = newId()
  const { prisma } = server.platform.database
  await prisma.factory.create({
    data: {
      id,
      name: 'A factory',
      location: 'Tver',
      specializations,
      rating,
      capacity: 1,
      serviceLevel: 1,
      isActive,
      createdAt: new Date(),
    },
  })
  return id
}

const [good, best, standees, closed] = [
  await add(4.5, ['BANNER']),
  await add(4.9, ['BANNER', 'STANDEE']),
  await add(3, ['STANDEE']),
  await add(5, ['BANNER'], false),
]

it('lists active factories to everybody, the best rated first, by what they print', async () => {
  const ids = async (variables: object) =>
    (await visitor.get<Listed, object>(LIST, variables)).factories.nodes.map(({ id }) => id)
  expect(await ids({})).toEqual([best, good, standees])
  expect(await ids({ productType: 'BANNER' })).toEqual([best, good])
  expect(await ids({ productType: 'BILLBOARD' })).toEqual([])
})

it('pages without losing or repeating one, and only within one list', async () => {
  const first = (await visitor.get<Listed, object>(LIST, { first: 2 })).factories
  const second = (await visitor.get<Listed, object>(LIST, { first: 2, after: first.pageInfo.endCursor })).factories
  expect([...first.nodes, ...second.nodes].map(({ id }) => id)).toEqual([best, good, standees])
  expect([first.totalCount, first.pageInfo.hasNextPage, second.pageInfo.hasNextPage]).toEqual([3, true, false])
  expect(await visitor.codeOf(LIST, { productType: 'BANNER', after: first.pageInfo.endCursor })).toBe('BAD_USER_INPUT')
})

it('shows a closed factory by its id, and says when there is none', async () => {
  expect(await visitor.get(ONE, { id: closed })).toEqual({
    factory: { id: closed, name: 'A factory', isActive: false },
  })
  expect(await visitor.codeOf(ONE, { id: newId() })).toBe('NOT_FOUND')
})
