import { describe, expect, it } from 'vitest'
import { newId } from '../../../src/kernel/ids.js'
import { openAccount } from '../../testkit/account.js'
import { TestClient } from '../../testkit/client.js'
import { startTestServer } from '../../testkit/server.js'
import { addItem, addOrder } from '../../testkit/shop-rows.js'

const SET = /* GraphQL */ `
  mutation SetFavorite($itemId: UUID!, $favorite: Boolean!) {
    setFavorite(itemId: $itemId, favorite: $favorite) { id isFavorite }
  }`
const FAVORITES = /* GraphQL */ `
  query Favorites($first: Int, $after: Cursor) {
    favorites(first: $first, after: $after) {
      nodes { id isFavorite designer { displayName } reviews(first: 1) { nodes { rating } } }
      pageInfo { hasNextPage endCursor }
      totalCount
    }
  }`
const LIST = /* GraphQL */ `
  query FavoriteShop($designerId: UUID!) {
    marketplaceItems(first: 50, sort: PRICE_ASC, filter: { designerId: $designerId }) { nodes { id isFavorite } }
  }`

interface Favorites {
  readonly favorites: {
    readonly nodes: { readonly id: string; readonly isFavorite: boolean }[]
    readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null }
    readonly totalCount: number
  }
}
interface Listed {
  readonly marketplaceItems: { readonly nodes: { readonly id: string; readonly isFavorite: boolean }[] }
}

const server = await startTestServer()
const { prisma } = server.platform.database
const visitor = new TestClient(server)
const designer = await openAccount(server, 'DESIGNER')
const designerId = designer.id

const set = (client: TestClient, itemId: string, favorite = true) => client.get(SET, { itemId, favorite })
const favoritesOf = async (client: TestClient): Promise<string[]> => {
  const { favorites } = await client.get<Favorites>(FAVORITES)
  expect(favorites.totalCount).toBe(favorites.nodes.length)
  expect(favorites.nodes.every(({ isFavorite }) => isFavorite)).toBe(true)
  return favorites.nodes.map(({ id }) => id)
}
const withdraw = (id: string) => prisma.marketplaceItem.update({ where: { id }, data: { status: 'ARCHIVED' } })

describe('a favorite', () => {
  it('is its keeper’s alone', async () => {
    const [keeper, other] = [await openAccount(server), await openAccount(server)]
    const itemId = await addItem(prisma, { designerId })
    expect(await set(keeper.client, itemId)).toEqual({ setFavorite: { id: itemId, isFavorite: true } })
    const seenBy = async (client: TestClient) =>
      (
        await client.get<{ item: { isFavorite: boolean } }>(
          'query Item($id: UUID!) { item: marketplaceItem(id: $id) { isFavorite } }',
          { id: itemId },
        )
      ).item.isFavorite
    expect(await seenBy(keeper.client)).toBe(true)
    expect(await seenBy(other.client)).toBe(false)
    expect(await seenBy(designer.client)).toBe(false)
    expect(await seenBy(visitor)).toBe(false)
    expect(await favoritesOf(keeper.client)).toEqual([itemId])
    expect(await favoritesOf(other.client)).toEqual([])
  })

  it('is not for visitors, and for everybody who is signed in, guests included', async () => {
    const itemId = await addItem(prisma, { designerId })
    expect(await visitor.codeOf(SET, { itemId, favorite: true })).toBe('UNAUTHENTICATED')
    expect(await visitor.codeOf(FAVORITES)).toBe('UNAUTHENTICATED')
    for (const role of ['USER', 'DESIGNER', 'FACTORY', 'MANAGER', 'ADMIN'] as const) {
      const { client } = await openAccount(server, role)
      expect(await client.codeOf(SET, { itemId, favorite: true })).toBe('ok')
      expect(await favoritesOf(client)).toEqual([itemId])
    }
    const guest = await openAccount(server)
    await prisma.user.update({ where: { id: guest.id }, data: { isGuest: true } })
    expect(await guest.client.codeOf(SET, { itemId, favorite: true })).toBe('ok')
  })

  it('that is set or taken back again stays as it was', async () => {
    const { id: userId, client } = await openAccount(server)
    const [first, second] = [await addItem(prisma, { designerId }), await addItem(prisma, { designerId })]
    await set(client, first)
    await prisma.favorite.updateMany({ where: { userId }, data: { createdAt: new Date('2026-01-01T00:00:00Z') } })
    await set(client, second)
    await set(client, first)
    expect(await favoritesOf(client)).toEqual([second, first])
    for (let n = 0; n < 2; n++)
      expect(await set(client, second, false)).toEqual({ setFavorite: { id: second, isFavorite: false } })
    expect(await favoritesOf(client)).toEqual([first])
  })

  it('set by many requests at the same moment is one favorite, and taken back by many is none', async () => {
    const { client } = await openAccount(server)
    const itemId = await addItem(prisma, { designerId })
    for (const favorite of [true, false]) {
      const answers = await Promise.all(Array.from({ length: 20 }, () => set(client, itemId, favorite)))
      expect(answers).toEqual(answers.map(() => ({ setFavorite: { id: itemId, isFavorite: favorite } })))
      expect(await favoritesOf(client)).toEqual(favorite ? [itemId] : [])
    }
  })

  it('set and taken back in one operation is told as it was each time', async () => {
    const { client } = await openAccount(server)
    const itemId = await addItem(prisma, { designerId })
    const answer = await client.get(
      /* GraphQL */ `
      mutation ThereAndBack($itemId: UUID!) {
        there: setFavorite(itemId: $itemId, favorite: true) { isFavorite }
        back: setFavorite(itemId: $itemId, favorite: false) { isFavorite }
      }`,
      { itemId },
    )
    expect(answer).toEqual({ there: { isFavorite: true }, back: { isFavorite: false } })
  })

  it('can only be what the viewer may see', async () => {
    const [customer, manager] = [await openAccount(server), await openAccount(server, 'MANAGER')]
    for (const status of ['DRAFT', 'PENDING_REVIEW', 'REJECTED', 'ARCHIVED'] as const) {
      const itemId = await addItem(prisma, { designerId, status })
      for (const favorite of [true, false])
        expect(await customer.client.codeOf(SET, { itemId, favorite })).toBe('NOT_FOUND')
      expect(await designer.client.codeOf(SET, { itemId, favorite: true })).toBe('ok')
      expect(await manager.client.codeOf(SET, { itemId, favorite: true })).toBe('ok')
    }
    expect(await customer.client.codeOf(SET, { itemId: newId(), favorite: true })).toBe('NOT_FOUND')
    expect(await prisma.favorite.count({ where: { userId: customer.id } })).toBe(0)
  })

  it('that is withdrawn leaves the list and the count until it is published again', async () => {
    const { id: customerId, client } = await openAccount(server)
    const [kept, withdrawn] = [await addItem(prisma, { designerId }), await addItem(prisma, { designerId })]
    await set(client, kept)
    await set(client, withdrawn)
    await withdraw(withdrawn)
    expect(await favoritesOf(client)).toEqual([kept])
    expect(await client.codeOf(SET, { itemId: withdrawn, favorite: false })).toBe('NOT_FOUND')
    const id = await addOrder(prisma, { customerId, itemIds: [withdrawn, kept] })
    const order = 'query Bought($id: UUID!) { order(id: $id) { lines { item { id isFavorite } } } }'
    expect(await client.get(order, { id })).toEqual({
      order: { lines: [withdrawn, kept].map((itemId) => ({ item: { id: itemId, isFavorite: true } })) },
    })
    await prisma.marketplaceItem.update({ where: { id: withdrawn }, data: { status: 'PUBLISHED' } })
    expect(await favoritesOf(client)).toEqual([withdrawn, kept])
  })
})

describe('the list of favorites', () => {
  it('shows every one once, the latest first, also those of the same moment', async () => {
    const { id: userId, client } = await openAccount(server)
    const moments = [3, 1, 2, 2, 2, 5, 4].map((day) => new Date(Date.UTC(2026, 0, day)))
    const kept: { readonly itemId: string; readonly createdAt: Date }[] = []
    for (const createdAt of moments) kept.push({ itemId: await addItem(prisma, { designerId }), createdAt })
    await prisma.favorite.createMany({ data: kept.map((one) => ({ ...one, userId })) })
    const latestFirst = [...kept].sort(
      (a, b) => b.createdAt.getTime() - a.createdAt.getTime() || (a.itemId < b.itemId ? 1 : -1),
    )
    const seen: string[] = []
    let after: string | null = null
    do {
      const { favorites }: Favorites = await client.get<Favorites>(FAVORITES, { first: 2, after })
      expect(favorites.totalCount).toBe(kept.length)
      seen.push(...favorites.nodes.map(({ id }) => id))
      after = favorites.pageInfo.hasNextPage ? favorites.pageInfo.endCursor : null
    } while (after)
    expect(seen).toEqual(latestFirst.map(({ itemId }) => itemId))
  })

  it('refuses the cursors of other lists and of other people', async () => {
    const [one, other] = [await openAccount(server), await openAccount(server)]
    const itemId = await addItem(prisma, { designerId })
    await set(one.client, itemId)
    const { favorites } = await one.client.get<Favorites>(FAVORITES)
    const after = favorites.pageInfo.endCursor
    expect(await one.client.codeOf(FAVORITES, { after })).toBe('ok')
    const { errors } = await other.client.ask(FAVORITES, { after })
    expect(errors[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', fields: [{ path: 'after' }] })
    const shop = 'query FavoriteShop($after: Cursor) { marketplaceItems(after: $after) { nodes { id } } }'
    expect(await one.client.codeOf(shop, { after })).toBe('BAD_USER_INPUT')
  })

  it('is two statements however long it is: the list, and which are favorites', async () => {
    const { client } = await openAccount(server)
    for (let n = 0; n < 5; n++) await set(client, await addItem(prisma, { designerId }))
    const query = 'query Kept { favorites { nodes { id title isFavorite designer { displayName } previews { url } } } }'
    await client.get(query)
    expect(await server.statements.during(() => client.get(query))).toHaveLength(2)
  })
})

it('a list of fifty items with isFavorite is two statements, and one for visitors', async () => {
  const owner = await openAccount(server, 'DESIGNER')
  const { id: userId, client } = await openAccount(server)
  const ids: string[] = []
  for (let n = 0; n < 50; n++) ids.push(await addItem(prisma, { designerId: owner.id, priceAmount: BigInt(100 + n) }))
  const kept = ids.filter((_, n) => n % 7 === 0)
  await prisma.favorite.createMany({ data: kept.map((itemId) => ({ userId, itemId, createdAt: new Date() })) })
  const ask = async (by: TestClient) => {
    let nodes: Listed['marketplaceItems']['nodes'] = []
    const statements = await server.statements.during(async () => {
      nodes = (await by.get<Listed>(LIST, { designerId: owner.id })).marketplaceItems.nodes
    })
    return { statements: statements.length, favorites: nodes.filter((one) => one.isFavorite).map(({ id }) => id) }
  }
  // The first request of a session also looks its account up.
  await ask(client)
  expect(await ask(client)).toEqual({ statements: 2, favorites: kept })
  expect(await ask(visitor)).toEqual({ statements: 1, favorites: [] })
})
