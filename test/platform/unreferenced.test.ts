import { afterAll, expect, it } from 'vitest'
import { newId } from '../../src/kernel/ids.js'
import { openDatabase } from '../../src/platform/database/database.js'
import { inTransaction } from '../../src/platform/database/transaction.js'
import { unreferenced } from '../../src/platform/database/unreferenced.js'
import { createTestDatabase } from '../testkit/database.js'

const database = openDatabase({ url: (await createTestDatabase()).url, maxConnections: 2 })
afterAll(() => database.close())

it('a row that something refers to is told from one that nothing does; what would go with it does not count', async () => {
  const { prisma } = database
  const [plain, referred] = [newId(), newId()]
  for (const id of [plain, referred])
    await prisma.user.create({ data: { id, displayName: 'Somebody', createdAt: new Date() } })
  await prisma.session.create({ data: { id: newId(), userId: plain, createdAt: new Date(), lastUsedAt: new Date() } })
  // By a foreign key that would set null, which is how a reference is lost.
  await prisma.ledgerAccount.create({
    data: { id: newId(), kind: 'CUSTOMER_BALANCE', ownerId: referred, currency: 'RUB' },
  })
  const found = await inTransaction(database, async (tx) => {
    const condition = await unreferenced(tx, 'users', 'u')
    return tx.prisma.$queryRaw<{ id: string }[]>`select u.id::text from users u where ${condition}`
  })
  expect(found).toEqual([{ id: plain }])
})

it('knows every foreign key that does not cascade', async () => {
  const { sql } = await inTransaction(database, (tx) => unreferenced(tx, 'assets', 'a'))
  for (const referrer of [
    'generation_images',
    'item_previews',
    'marketplace_items',
    'review_photos',
    'chat_attachments',
    'users',
  ])
    expect(sql).toContain(`from ${referrer} `)
})
