import { expect, it } from 'vitest'
import { newId } from '../../../src/kernel/ids.js'
import { createMarketplaceRoom } from '../../../src/modules/marketplace/index.js'
import { inTransaction } from '../../../src/platform/database/transaction.js'
import { openAccount } from '../../testkit/account.js'
import { startTestServer } from '../../testkit/server.js'
import { addAsset, addItem } from '../../testkit/shop-rows.js'

const server = await startTestServer()
const { database } = server.platform
const { prisma } = database
const { items } = createMarketplaceRoom(server.platform)
const designer = await openAccount(server, 'DESIGNER')

it('only published items are for sale, with the size of the picture that is printed', async () => {
  const assetId = await addAsset(prisma, designer.id)
  const bare = await addItem(prisma, { designerId: designer.id, priceAmount: 12_345n })
  const pictured = await addItem(prisma, { designerId: designer.id, previews: { create: { position: 0, assetId } } })
  const draft = await addItem(prisma, { designerId: designer.id, status: 'DRAFT' })
  const found = await inTransaction(database, (tx) => items.published(tx, [bare, pictured, draft, newId()]))
  expect([...found.keys()].sort()).toEqual([bare, pictured].sort())
  expect(found.get(bare)).toEqual({
    id: bare,
    designerId: designer.id,
    title: 'A banner',
    productType: 'BANNER',
    price: { amount: 12_345n, currency: 'RUB' },
    print: null,
    previewSize: null,
  })
  expect(found.get(pictured)?.previewSize).toEqual({ width: 1, height: 1 })
})

it('sales of the same items at the same moment are all counted', async () => {
  const [first, second] = [
    await addItem(prisma, { designerId: designer.id }),
    await addItem(prisma, { designerId: designer.id }),
  ]
  const orders = Array.from({ length: 20 }, (_, n) => (n % 2 ? [first, second, second] : [second, second, first]))
  await Promise.all(orders.map((ids) => inTransaction(database, (tx) => items.countSale(tx, ids))))
  const salesOf = async (id: string) => (await prisma.marketplaceItem.findUniqueOrThrow({ where: { id } })).salesCount
  expect([await salesOf(first), await salesOf(second)]).toEqual([20, 40])
})
