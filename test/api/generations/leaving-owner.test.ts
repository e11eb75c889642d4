import { expect, test } from 'vitest'
import { newId } from '../../../src/kernel/ids.js'
import type { ImageProvider, ImageRequest, ImageTaskState } from '../../../src/modules/generations/index.js'
import { openWorkshop } from './workshop.js'

const workshop = openWorkshop()

/** A picture that is taken for one, for its first bytes. */
function picture({ width, height }: ImageRequest): Uint8Array {
  const bytes = Buffer.alloc(40)
  Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex').copy(bytes)
  bytes.writeUInt32BE(width, 16)
  bytes.writeUInt32BE(height, 20)
  return bytes
}

const provider = (answer: (request: ImageRequest) => Promise<ImageTaskState>): ImageProvider => ({
  models: ['test'],
  enhance: () => null,
  start: async ({ position }) => `task-${position}`,
  check: (_handle, request) => answer(request),
})

const drawAtOnce = provider(async (request) => ({ state: 'DONE', bytes: picture(request) }))
const count = (id: string) => workshop.database.prisma.generation.count({ where: { id } })

test('what was drawn goes with its pictures and their files', async () => {
  const { id, ownerId } = await workshop.request(2)
  await workshop.draw(id, drawAtOnce)
  expect(await workshop.files()).toHaveLength(2)
  await workshop.forget(ownerId)
  await workshop.removeFiles()
  expect(await count(id)).toBe(0)
  expect(await workshop.database.prisma.asset.count({ where: { ownerId } })).toBe(0)
  expect(await workshop.files()).toEqual([])
})

// Before a picture is stored, and after the first of two was.
test.each([0, 1])('what is being drawn, at picture %i, goes too, and no file of it stays', async (position) => {
  const { id, ownerId } = await workshop.request(2)
  const leaving = provider(async (request) => {
    if (request.position === position) await workshop.forget(ownerId)
    return { state: 'DONE', bytes: picture(request) }
  })
  await workshop.draw(id, leaving).catch((error: unknown) => expect(String(error)).toContain('removed'))
  // The queue tries again what threw.
  await workshop.draw(id, drawAtOnce)
  await workshop.removeFiles()
  expect(await count(id)).toBe(0)
  expect(await workshop.files()).toEqual([])
})

test('nor of what is removed between the storing of its picture and the note of that', async () => {
  const { id } = await workshop.request(1)
  const holder = await workshop.database.pool.connect()
  const holding = provider(async (request) => {
    await holder.query('begin')
    await holder.query('select from generation_tasks where generation_id = $1 for update', [id])
    return { state: 'DONE', bytes: picture(request) }
  })
  const drawing = workshop.draw(id, holding).catch((error: unknown) => String(error))
  await expect.poll(workshop.files, { timeout: 8_000 }).toHaveLength(1)
  await holder.query('delete from generations where id = $1', [id])
  await holder.query('commit')
  holder.release()
  expect(await drawing).toContain('removed')
  expect(await workshop.files()).toEqual([])
})

test('what was ordered stays, with its pictures', async () => {
  const { id, ownerId } = await workshop.request(1)
  await workshop.draw(id, drawAtOnce)
  const { prisma } = workshop.database
  const moment = new Date()
  await prisma.order.create({
    data: {
      id: newId(),
      number: newId(),
      customerId: ownerId,
      subtotalAmount: 0n,
      rushFeeAmount: 0n,
      totalAmount: 0n,
      createdAt: moment,
      updatedAt: moment,
      lines: {
        create: {
          id: newId(),
          position: 0,
          generationId: id,
          title: 'A red bicycle',
          productType: 'BANNER',
          quantity: 1,
          unitAmount: 0n,
          totalAmount: 0n,
        },
      },
    },
  })
  const before = await workshop.files()
  await workshop.forget(ownerId)
  await workshop.removeFiles()
  expect(await count(id)).toBe(1)
  expect(await workshop.files()).toEqual(before)
  expect(await prisma.asset.count({ where: { ownerId } })).toBe(1)
})
