import { describe, expect, it } from 'vitest'
import { newId } from '../../../src/kernel/ids.js'
import { openAccount } from '../../testkit/account.js'
import { TestClient } from '../../testkit/client.js'
import { startTestServer } from '../../testkit/server.js'
import { addAsset, addFactory, addItem, addOrder } from '../../testkit/shop-rows.js'

const REVIEW = /* GraphQL */ `
  mutation Review($orderId: UUID!, $rating: Int!, $comment: String, $photoIds: [UUID!]) {
    reviewOrder(orderId: $orderId, rating: $rating, comment: $comment, photoIds: $photoIds) {
      id rating comment photos { id } author { id } order { id } item { id rating reviewCount }
    }
  }`

const REPLY = /* GraphQL */ `
  mutation Reply($id: UUID!, $reply: String!) { replyToReview(id: $id, reply: $reply) { reply repliedAt } }`

const REVIEWS = /* GraphQL */ `
  query ItemReviews($id: UUID!, $first: Int, $after: Cursor) {
    marketplaceItem(id: $id) {
      rating reviewCount
      reviews(first: $first, after: $after) {
        nodes { id rating comment order { id } }
        pageInfo { hasNextPage endCursor }
        totalCount
      }
    }
  }`

interface ItemReviews {
  readonly marketplaceItem: {
    readonly rating: number
    readonly reviewCount: number
    readonly reviews: {
      readonly nodes: { readonly id: string; readonly rating: number; readonly order: { readonly id: string } | null }[]
      readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null }
      readonly totalCount: number
    }
  }
}

const server = await startTestServer()
const { prisma } = server.platform.database
const visitor = new TestClient(server)
const customer = await openAccount(server)
const designer = await openAccount(server, 'DESIGNER')

const newItem = () => addItem(prisma, { designerId: designer.id })
const newOrder = (...itemIds: string[]) => addOrder(prisma, { customerId: customer.id, itemIds })

describe('reviewing an order', () => {
  it('counts for the item of its first line, with comment and photos as given', async () => {
    const [item, other] = [await newItem(), await newItem()]
    const orderId = await newOrder(item, other)
    const photoIds = [await addAsset(prisma, customer.id), await addAsset(prisma, customer.id)].reverse()
    const { reviewOrder } = await customer.client.get<{ reviewOrder: unknown }>(REVIEW, {
      orderId,
      rating: 4,
      comment: '  Bright and on time.  ',
      photoIds,
    })
    expect(reviewOrder).toMatchObject({
      rating: 4,
      comment: 'Bright and on time.',
      photos: photoIds.map((id) => ({ id })),
      author: { id: customer.id },
      order: { id: orderId },
      item: { id: item, rating: 4, reviewCount: 1 },
    })
    const query = 'query OrderReview($id: UUID!) { order(id: $id) { review { rating } } }'
    expect(await customer.client.get(query, { id: orderId })).toEqual({ order: { review: { rating: 4 } } })
  })

  it('happens once, however many try at the same moment', async () => {
    const item = await newItem()
    const orderId = await newOrder(item)
    const codes = await Promise.all(
      Array.from({ length: 10 }, (_, n) => customer.client.codeOf(REVIEW, { orderId, rating: 1 + (n % 5) })),
    )
    expect(codes.sort()).toEqual([...Array<string>(9).fill('CONFLICT'), 'ok'])
    expect(await customer.client.codeOf(REVIEW, { orderId, rating: 5 })).toBe('CONFLICT')
    expect(await prisma.review.count({ where: { orderId } })).toBe(1)
    const { marketplaceItem } = await visitor.get<ItemReviews>(REVIEWS, { id: item })
    expect(marketplaceItem.reviewCount).toBe(1)
    expect(marketplaceItem.rating).toBe(marketplaceItem.reviews.nodes[0]?.rating)
  })

  it.each(['CREATED', 'PAID', 'PRODUCTION', 'SHIPPED', 'CANCELLED'] as const)(
    'is too early or too late while it is %s',
    async (status) => {
      const orderId = await addOrder(prisma, { customerId: customer.id, itemIds: [await newItem()], status })
      expect(await customer.client.codeOf(REVIEW, { orderId, rating: 5 })).toBe('INVALID_TRANSITION')
    },
  )

  it('is for its customer alone', async () => {
    const factoryId = await addFactory(prisma)
    const orderId = await addOrder(prisma, { customerId: customer.id, itemIds: [await newItem()], factoryId })
    const stranger = await openAccount(server)
    const manager = await openAccount(server, 'MANAGER')
    expect(await visitor.codeOf(REVIEW, { orderId, rating: 5 })).toBe('UNAUTHENTICATED')
    expect(await stranger.client.codeOf(REVIEW, { orderId, rating: 5 })).toBe('NOT_FOUND')
    expect(await stranger.client.codeOf(REVIEW, { orderId: newId(), rating: 5 })).toBe('NOT_FOUND')
    expect(await designer.client.codeOf(REVIEW, { orderId, rating: 5 })).toBe('FORBIDDEN')
    expect(await manager.client.codeOf(REVIEW, { orderId, rating: 5 })).toBe('FORBIDDEN')
  })

  it('names every wrong argument', async () => {
    const orderId = await newOrder(await newItem())
    const { errors } = await customer.client.ask(REVIEW, {
      orderId,
      rating: 6,
      comment: 'x'.repeat(2001),
      photoIds: Array(6).fill(orderId),
    })
    expect(errors[0]?.extensions.fields?.map(({ path }) => path).sort()).toEqual(['comment', 'photoIds', 'rating'])
    const foreign = await addAsset(prisma, designer.id)
    const own = await addAsset(prisma, customer.id)
    const photos = await customer.client.ask(REVIEW, { orderId, rating: 5, photoIds: [foreign, own, newId()] })
    expect(photos.errors[0]?.extensions).toMatchObject({
      code: 'BAD_USER_INPUT',
      fields: [{ path: 'photoIds.0' }, { path: 'photoIds.2' }],
    })
    expect(await prisma.review.count({ where: { orderId } })).toBe(0)
  })
})

describe("an item's rating", () => {
  it('is the average of its reviews after many at the same moment', async () => {
    const item = await newItem()
    const ratings = Array.from({ length: 20 }, (_, n) => 1 + ((n * 7) % 5))
    const orders = await Promise.all(ratings.map(() => newOrder(item)))
    await Promise.all(orders.map((orderId, n) => customer.client.get(REVIEW, { orderId, rating: ratings[n] })))
    const { marketplaceItem } = await visitor.get<ItemReviews>(REVIEWS, { id: item, first: 100 })
    expect(marketplaceItem.reviews.nodes.map(({ rating }) => rating).sort()).toEqual([...ratings].sort())
    expect(marketplaceItem.reviewCount).toBe(20)
    expect(marketplaceItem.rating).toBeCloseTo(ratings.reduce((sum, rating) => sum + rating, 0) / 20, 10)
  })

  it('leaves hidden reviews out', async () => {
    const item = await newItem()
    const hidden = await newOrder(item)
    await customer.client.get(REVIEW, { orderId: hidden, rating: 1 })
    await prisma.review.update({ where: { orderId: hidden }, data: { isVisible: false } })
    await customer.client.get(REVIEW, { orderId: await newOrder(item), rating: 4 })
    const { marketplaceItem } = await visitor.get<ItemReviews>(REVIEWS, { id: item })
    expect(marketplaceItem).toMatchObject({
      rating: 4,
      reviewCount: 1,
      reviews: { totalCount: 1, nodes: [{ rating: 4 }] },
    })
  })
})

describe('the reviews of an item', () => {
  it('are listed newest first, page by page, and keep their orders to who took part', async () => {
    const item = await newItem()
    const orders: string[] = []
    for (let n = 0; n < 5; n++) {
      orders.unshift(await newOrder(item))
      await customer.client.get(REVIEW, { orderId: orders[0], rating: 5 })
    }
    const first = await customer.client.get<ItemReviews>(REVIEWS, { id: item, first: 3 })
    const { reviews } = first.marketplaceItem
    expect(reviews).toMatchObject({ totalCount: 5, pageInfo: { hasNextPage: true } })
    const rest = await customer.client.get<ItemReviews>(REVIEWS, {
      id: item,
      first: 3,
      after: reviews.pageInfo.endCursor,
    })
    expect([...reviews.nodes, ...rest.marketplaceItem.reviews.nodes].map(({ order }) => order?.id)).toEqual(orders)
    const stranger = await openAccount(server)
    for (const client of [visitor, stranger.client]) {
      const seen = await client.get<ItemReviews>(REVIEWS, { id: item })
      expect(seen.marketplaceItem.reviews.nodes.map(({ order }) => order)).toEqual(Array(5).fill(null))
    }
    const other = await newItem()
    const foreign = await visitor.ask(REVIEWS, { id: other, after: reviews.pageInfo.endCursor })
    expect(foreign.errors[0]?.extensions.code).toBe('BAD_USER_INPUT')
  })

  it('are answered once, by the designer of the item', async () => {
    const orderId = await newOrder(await newItem())
    const { reviewOrder } = await customer.client.get<{ reviewOrder: { id: string } }>(REVIEW, { orderId, rating: 2 })
    const { id } = reviewOrder
    const another = await openAccount(server, 'DESIGNER')
    expect(await customer.client.codeOf(REPLY, { id, reply: 'Thanks' })).toBe('FORBIDDEN')
    expect(await another.client.codeOf(REPLY, { id, reply: 'Thanks' })).toBe('FORBIDDEN')
    expect(await designer.client.codeOf(REPLY, { id: newId(), reply: 'Thanks' })).toBe('NOT_FOUND')
    expect(await designer.client.codeOf(REPLY, { id, reply: ' ' })).toBe('BAD_USER_INPUT')
    const codes = await Promise.all([1, 2, 3].map((n) => designer.client.codeOf(REPLY, { id, reply: `Thanks ${n}` })))
    expect(codes.sort()).toEqual(['CONFLICT', 'CONFLICT', 'ok'])
  })
})
