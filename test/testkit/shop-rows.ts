import type { Prisma, PrismaClient } from '../../src/generated/prisma/client.js'
import { newId } from '../../src/kernel/ids.js'

const START = Date.parse('2026-01-01T00:00:00Z')
let made = 0

/** A moment later than every one before, so that rows have the order in which a test makes them. */
const nextMoment = () => new Date(START + ++made * 1_000)

/** A published banner of 1 000 roubles unless told otherwise. @returns its id */
export async function addItem(
  prisma: Pick<PrismaClient, 'marketplaceItem'>,
  item: { readonly designerId: string } & Partial<Prisma.MarketplaceItemUncheckedCreateInput>,
): Promise<string> {
  const at = nextMoment()
  const { id } = await prisma.marketplaceItem.create({
    data: {
      id: newId(),
      title: 'A banner',
      description: 'For a test.',
      productType: 'BANNER',
      status: 'PUBLISHED',
      priceAmount: 100_000n,
      createdAt: at,
      updatedAt: at,
      ...item,
    },
    select: { id: true },
  })
  return id
}

/** An order of one piece of each item, COMPLETED unless told otherwise. @returns its id */
export async function addOrder(
  prisma: PrismaClient,
  {
    itemIds,
    ...order
  }: { readonly customerId: string; readonly itemIds: readonly string[] } & Partial<Prisma.OrderUncheckedCreateInput>,
): Promise<string> {
  const at = nextMoment()
  const amount = 100_000n * BigInt(itemIds.length)
  const { id } = await prisma.order.create({
    data: {
      id: newId(),
      number: `AT-TEST-${newId()}`,
      status: 'COMPLETED',
      subtotalAmount: amount,
      rushFeeAmount: 0n,
      totalAmount: amount,
      createdAt: at,
      updatedAt: at,
      ...order,
      lines: {
        create: itemIds.map((itemId, position) => ({
          id: newId(),
          position,
          itemId,
          title: 'A banner',
          productType: 'BANNER',
          quantity: 1,
          unitAmount: 100_000n,
          totalAmount: 100_000n,
        })),
      },
    },
    select: { id: true },
  })
  return id
}

/** A small picture's row; its bytes are not stored. @returns its id */
export async function addAsset(prisma: PrismaClient, ownerId: string): Promise<string> {
  const id = newId()
  await prisma.asset.create({
    data: {
      id,
      ownerId,
      purpose: 'CHAT_ATTACHMENT',
      contentType: 'image/png',
      byteSize: 1,
      width: 1,
      height: 1,
      storageKey: id,
      sha256: '00',
      createdAt: nextMoment(),
    },
  })
  return id
}

/** @returns its id */
export async function addFactory(prisma: PrismaClient): Promise<string> {
  const id = newId()
  await prisma.factory.create({
    data: {
      id,
      name: 'A factory',
      location: 'Tver',
      specializations: ['BANNER'],
      rating: 4,
      capacity: 10,
      serviceLevel: 3,
      createdAt: nextMoment(),
    },
  })
  return id
}
