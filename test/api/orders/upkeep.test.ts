import { expect, it } from 'vitest'
import { enqueue } from '../../../src/platform/jobs/job-queue.js'
import { PAY, SHIP } from './operations.js'
import { openOrderDesk } from './order-desk.js'

const desk = await openOrderDesk()
const HOUR = 3_600_000

const run = (task: string) => enqueue({ prisma: desk.prisma }, task, {})
const hoursAgo = (hours: number) => new Date(Date.now() - hours * HOUR)

it('an order that is not paid for 24 hours is cancelled by itself, and so are its attempts', async () => {
  const [old, young] = [await desk.place(), await desk.place()]
  await desk.customer.client.get(PAY, { input: { orderId: old.id } })
  await desk.prisma.order.update({ where: { id: old.id }, data: { createdAt: hoursAgo(24.1) } })
  await desk.prisma.order.update({ where: { id: young.id }, data: { createdAt: hoursAgo(23.9) } })
  await run('cancel-unpaid-orders')
  const cancelled = await desk.until(old.id, ({ status }) => status === 'CANCELLED')
  expect(cancelled).toMatchObject({
    cancellationReason: 'It was not paid within 24 hours.',
    payments: [{ status: 'CANCELED' }],
  })
  expect(cancelled.history.at(-1)).toMatchObject({ fromStatus: 'CREATED', actor: null })
  expect((await desk.see(young.id)).status).toBe('CREATED')
})

it('an order that was shipped 14 days ago is completed by itself, and counted as a sale', async () => {
  const { client } = await desk.staffOf(await desk.addFactory())
  const [old, young] = [await desk.placeAndPay(), await desk.placeAndPay()]
  for (const [{ id }, days] of [
    [old, 14.1],
    [young, 13.9],
  ] as const) {
    await client.get(SHIP, { orderId: id })
    await desk.prisma.order.update({ where: { id }, data: { shippedAt: hoursAgo(days * 24) } })
  }
  await run('complete-shipped-orders')
  await desk.until(old.id, ({ status }) => status === 'COMPLETED')
  expect((await desk.see(young.id)).status).toBe('SHIPPED')
  const sales = async (itemId = '') =>
    (await desk.prisma.marketplaceItem.findUniqueOrThrow({ where: { id: itemId } })).salesCount
  expect([await sales(old.lines[0]?.item?.id), await sales(young.lines[0]?.item?.id)]).toEqual([1, 0])
})
