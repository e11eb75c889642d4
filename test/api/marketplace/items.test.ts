import { describe, expect, it } from 'vitest'
import { newId } from '../../../src/kernel/ids.js'
import { openAccount } from '../../testkit/account.js'
import { TestClient } from '../../testkit/client.js'
import { startTestServer } from '../../testkit/server.js'
import { addItem } from '../../testkit/shop-rows.js'

const LIST = /* GraphQL */ `
  query Items($search: String, $filter: ItemFilter, $sort: ItemSort, $first: Int, $after: Cursor) {
    marketplaceItems(search: $search, filter: $filter, sort: $sort, first: $first, after: $after) {
      nodes { id title }
      pageInfo { hasNextPage endCursor }
      totalCount
    }
  }`

interface Listed {
  readonly marketplaceItems: {
    readonly nodes: { readonly id: string; readonly title: string }[]
    readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null }
    readonly totalCount: number
  }
}

const ITEM = /* GraphQL */ `
  query Item($id: UUID!) { marketplaceItem(id: $id) { id status } }`

const server = await startTestServer()
const { prisma } = server.platform.database
const visitor = new TestClient(server)
const designer = await openAccount(server, 'DESIGNER')

const titles = async (variables: Record<string, unknown>): Promise<string[]> => {
  const { marketplaceItems } = await visitor.get<Listed>(LIST, variables)
  expect(marketplaceItems.totalCount).toBe(marketplaceItems.nodes.length)
  return marketplaceItems.nodes.map(({ title }) => title)
}

describe('a list of items', () => {
  it.each(['NEWEST', 'PRICE_ASC', 'PRICE_DESC', 'RATING', 'POPULARITY', 'RELEVANCE'])(
    'by %s shows every item once while items are added',
    async (sort) => {
      const owner = await openAccount(server, 'DESIGNER')
      const add = (n: number) =>
        addItem(prisma, {
          designerId: owner.id,
          priceAmount: BigInt(100 + (n % 3)),
          rating: n % 4,
          salesCount: n % 5,
        })
      const wanted: string[] = []
      for (let n = 0; n < 23; n++) wanted.push(await add(n))
      const seen: string[] = []
      let after: string | null = null
      do {
        const variables: Record<string, unknown> = { sort, filter: { designerId: owner.id }, first: 4, after }
        const { marketplaceItems }: Listed = await visitor.get<Listed>(LIST, variables)
        seen.push(...marketplaceItems.nodes.map(({ id }) => id))
        after = marketplaceItems.pageInfo.hasNextPage ? marketplaceItems.pageInfo.endCursor : null
        for (let n = 0; n < 2; n++) await add(n)
      } while (after)
      expect(new Set(seen).size).toBe(seen.length)
      expect(seen.filter((id) => wanted.includes(id)).sort()).toEqual([...wanted].sort())
    },
  )

  it('puts the newest, the cheapest, the best rated or the most sold first', async () => {
    const { id: designerId } = await openAccount(server, 'DESIGNER')
    await addItem(prisma, { designerId, title: 'a', priceAmount: 300n, rating: 2.5, salesCount: 9 })
    await addItem(prisma, { designerId, title: 'b', priceAmount: 100n, rating: 4.9, salesCount: 1 })
    await addItem(prisma, { designerId, title: 'c', priceAmount: 200n, rating: 0, salesCount: 10 })
    const inOrder = async (sort?: string) => (await titles({ filter: { designerId }, ...(sort && { sort }) })).join('')
    expect(await inOrder()).toBe('cba')
    expect(await inOrder('NEWEST')).toBe('cba')
    expect(await inOrder('PRICE_ASC')).toBe('bca')
    expect(await inOrder('PRICE_DESC')).toBe('acb')
    expect(await inOrder('RATING')).toBe('bac')
    expect(await inOrder('POPULARITY')).toBe('cab')
  })

  it('meets every part of a filter at once', async () => {
    const { id: designerId } = await openAccount(server, 'DESIGNER')
    const fit = { designerId, productType: 'STANDEE', priceAmount: 500n, rating: 4, tags: ['red', 'sale'] } as const
    await addItem(prisma, { ...fit, tags: ['red', 'sale'], title: 'fits' })
    await addItem(prisma, { ...fit, tags: ['red', 'sale'], title: 'another type', productType: 'DIGITAL' })
    await addItem(prisma, { ...fit, tags: ['red', 'sale'], title: 'too cheap', priceAmount: 499n })
    await addItem(prisma, { ...fit, tags: ['red', 'sale'], title: 'too dear', priceAmount: 601n })
    await addItem(prisma, { ...fit, tags: ['red', 'sale'], title: 'badly rated', rating: 3.9 })
    await addItem(prisma, { ...fit, tags: ['red'], title: 'one tag of two' })
    await addItem(prisma, { ...fit, tags: ['red', 'sale'], title: 'another designer', designerId: designer.id })
    const filter = {
      designerId,
      productType: ['STANDEE', 'BANNER'],
      minPrice: 500,
      maxPrice: 600,
      minRating: 4,
      tags: ['sale', 'red'],
    }
    expect(await titles({ filter })).toEqual(['fits'])
    expect(await titles({ filter: { designerId, productType: [], tags: [] } })).toHaveLength(6)
  })

  it('finds words in any case, in either language, and takes signs literally', async () => {
    const { id: designerId } = await openAccount(server, 'DESIGNER')
    const filter = { designerId }
    await addItem(prisma, { designerId, title: 'Яркий баннер', description: 'Скидка 50%', tags: ['лето'] })
    await addItem(prisma, { designerId, title: 'Quiet poster', description: 'snake_case and back\\slash', tags: [] })
    expect(await titles({ filter, search: 'БАННЕР лето' })).toEqual(['Яркий баннер'])
    expect(await titles({ filter, search: '  POSTER ' })).toEqual(['Quiet poster'])
    expect(await titles({ filter, search: 'баннер poster' })).toEqual([])
    expect(await titles({ filter, search: '50%' })).toEqual(['Яркий баннер'])
    expect(await titles({ filter, search: '5%0' })).toEqual([])
    expect(await titles({ filter, search: 'snake_case' })).toEqual(['Quiet poster'])
    expect(await titles({ filter, search: 'snakeXcase' })).toEqual([])
    expect(await titles({ filter, search: '\\slash' })).toEqual(['Quiet poster'])
    expect(await titles({ filter, search: "' or true --" })).toEqual([])
    expect(await titles({ filter, search: '   ' })).toHaveLength(2)
  })

  it('refuses the cursor of another order and of another list', async () => {
    const { id: designerId } = await openAccount(server, 'DESIGNER')
    for (let n = 0; n < 3; n++) await addItem(prisma, { designerId })
    const { marketplaceItems } = await visitor.get<Listed>(LIST, { sort: 'PRICE_ASC', first: 1 })
    const after = marketplaceItems.pageInfo.endCursor
    for (const sort of ['PRICE_DESC', 'NEWEST', 'RATING', null]) {
      const { errors } = await visitor.ask(LIST, { sort, after })
      expect(errors[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', fields: [{ path: 'after' }] })
    }
    expect(await visitor.codeOf(LIST, { sort: 'PRICE_ASC', after })).toBe('ok')
  })

  it('names every wrong argument at once', async () => {
    const filter = { minPrice: -1, minRating: 6, tags: [''] }
    const { errors } = await visitor.ask(LIST, { first: 101, search: 'x'.repeat(201), filter })
    expect(errors[0]?.extensions.code).toBe('BAD_USER_INPUT')
    expect(errors[0]?.extensions.fields?.map(({ path }) => path).sort()).toEqual([
      'filter.minPrice',
      'filter.minRating',
      'filter.tags',
      'first',
      'search',
    ])
  })

  it('of fifty with designer, rating and three reviews is one statement', async () => {
    const { id: designerId } = await openAccount(server, 'DESIGNER')
    for (let n = 0; n < 50; n++) await addItem(prisma, { designerId })
    const query = /* GraphQL */ `
      query Shop($designerId: UUID!) {
        marketplaceItems(first: 50, filter: { designerId: $designerId }) {
          nodes { id title price { amount } rating reviewCount previews { id url } designer { id displayName rating }
            reviews(first: 3) { nodes { rating comment author { displayName } } } }
          pageInfo { hasNextPage endCursor }
        }
      }`
    let answer: { readonly marketplaceItems: { readonly nodes: readonly unknown[] } } | undefined
    const statements = await server.statements.during(async () => {
      answer = await visitor.get(query, { designerId })
    })
    expect(answer?.marketplaceItems.nodes).toHaveLength(50)
    expect(statements).toHaveLength(1)
  })
})

describe('an item that is not published', () => {
  it('is seen by its designer and staff, and is null to everybody else', async () => {
    const manager = await openAccount(server, 'MANAGER')
    const customer = await openAccount(server)
    for (const status of ['DRAFT', 'PENDING_REVIEW', 'REJECTED', 'ARCHIVED'] as const) {
      const id = await addItem(prisma, { designerId: designer.id, status })
      const seenBy = async (client: TestClient) =>
        (await client.get<{ marketplaceItem: unknown }>(ITEM, { id })).marketplaceItem
      expect(await visitor.codeOf(ITEM, { id })).toBe('NOT_FOUND')
      expect(await customer.client.codeOf(ITEM, { id })).toBe('NOT_FOUND')
      expect(await seenBy(designer.client)).toEqual({ id, status })
      expect(await seenBy(manager.client)).toEqual({ id, status })
      expect(await titles({ filter: { designerId: designer.id }, search: status })).toEqual([])
    }
  })

  it('is the same as one that does not exist', async () => {
    expect(await visitor.codeOf(ITEM, { id: newId() })).toBe('NOT_FOUND')
  })
})

describe("a designer's profile", () => {
  it('shows their published items, newest first, and the average over all reviews of them', async () => {
    const { id } = await openAccount(server, 'DESIGNER')
    await addItem(prisma, { designerId: id, title: 'first', rating: 5, reviewCount: 1 })
    await addItem(prisma, { designerId: id, title: 'second', rating: 2, reviewCount: 3 })
    await addItem(prisma, { designerId: id, title: 'draft', status: 'DRAFT' })
    const query = /* GraphQL */ `
      query Designer($id: UUID!, $after: Cursor) {
        user(id: $id) { rating items(first: 1, after: $after) { nodes { title } pageInfo { hasNextPage endCursor } totalCount } }
      }`
    interface Profile {
      readonly user: { readonly rating: number; readonly items: Listed['marketplaceItems'] }
    }
    const { user } = await visitor.get<Profile>(query, { id })
    expect(user).toMatchObject({ rating: 2.75, items: { nodes: [{ title: 'second' }], totalCount: 2 } })
    const { user: next } = await visitor.get<Profile>(query, { id, after: user.items.pageInfo.endCursor })
    expect(next.items).toMatchObject({ nodes: [{ title: 'first' }], pageInfo: { hasNextPage: false } })
  })

  it('has no rating while there are no reviews', async () => {
    const { id } = await openAccount(server, 'DESIGNER')
    await addItem(prisma, { designerId: id })
    const query = 'query NoRating($id: UUID!) { user(id: $id) { rating } }'
    expect(await visitor.get(query, { id })).toEqual({ user: { rating: null } })
  })
})
