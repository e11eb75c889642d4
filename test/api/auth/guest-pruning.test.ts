import { expect, it } from 'vitest'
import { addDays } from '../../../src/kernel/clock.js'
import { TestClient } from '../../testkit/client.js'
import { startTestServer } from '../../testkit/server.js'
import { drawn } from '../generations/drawing.js'
import { CREATE as CREATE_ORDER } from '../orders/operations.js'
import { address, print } from '../orders/order-desk.js'
import { PASSWORD, type Payload, UPGRADE_GUEST } from './operations.js'
import { type Guest, newAddress, registerSomebody, startGuest } from './people.js'

const now = new Date()
const server = await startTestServer({ clock: { now: () => now } })
const { prisma } = server.platform.database

/** Makes it so that the guest came, and was last seen, so many days ago. */
async function lastSeen({ id }: Pick<Guest, 'id'>, days: number): Promise<void> {
  await prisma.user.update({ where: { id }, data: { createdAt: addDays(now, -days - 1) } })
  await prisma.session.updateMany({ where: { userId: id }, data: { lastUsedAt: addDays(now, -days) } })
}

async function prune(): Promise<void> {
  await prisma.$executeRaw`select graphile_worker.add_job('prune-guests', '{}'::json)`
  const waiting = () => prisma.$queryRaw<unknown[]>`
    select 1 as one from graphile_worker._private_jobs j join graphile_worker._private_tasks t on t.id = j.task_id
    where t.identifier in ('prune-guests', 'assets.remove-files')`
  await expect.poll(waiting, { timeout: 15_000 }).toEqual([])
}

const left = async (people: readonly Pick<Guest, 'id'>[]) => {
  const rows = await prisma.user.findMany({ where: { id: { in: people.map(({ id }) => id) }, deletedAt: null } })
  return people.map(({ id }) => rows.some((row) => row.id === id))
}

async function order({ client }: Guest, generationId: string): Promise<string> {
  const { createOrder } = await client.get<{ createOrder: { id: string } }>(CREATE_ORDER, {
    input: {
      lines: [{ generationId, productType: 'BANNER', print: { ...print, elements: ['logo'] } }],
      deliveryAddress: address,
    },
  })
  return createOrder.id
}

it('guests who were not seen for thirty days go with what they made, and nobody else', async () => {
  const [gone, seen, signedOut] = [await startGuest(server), await startGuest(server), await startGuest(server)]
  const image = (await drawn(gone.client)).images[0]
  await lastSeen(gone, 31)
  await lastSeen(seen, 29)
  await lastSeen(signedOut, 40)
  await prisma.session.deleteMany({ where: { userId: signedOut.id } })
  const member = await registerSomebody(server)
  await lastSeen(member.user, 400)
  const upgraded = await startGuest(server)
  await upgraded.client.get<{ upgradeGuest: Payload }>(UPGRADE_GUEST, {
    input: { email: newAddress(), password: PASSWORD },
  })
  await lastSeen(upgraded, 31)

  await prune()

  expect(await left([gone, seen, signedOut, member.user, upgraded])).toEqual([false, true, false, true, true])
  expect(await prisma.user.count({ where: { id: { in: [gone.id, signedOut.id] } } })).toBe(0)
  expect(await prisma.generation.count({ where: { ownerId: gone.id } })).toBe(0)
  expect((await fetch(image?.url ?? '')).status).toBe(404)
  expect(await new TestClient(server, seen.client.token).codeOf('{ me { id } }')).toBe('ok')
})

it('one whose order is under way stays until it is over; what was ordered stays under no name, the unpaid is cancelled', async () => {
  const [busy, idle, third] = [await startGuest(server), await startGuest(server), await startGuest(server)]
  const orders = []
  for (const guest of [busy, idle]) orders.push(await order(guest, (await drawn(guest.client)).id))
  const [paid = '', unpaid = ''] = orders
  await prisma.order.update({ where: { id: paid }, data: { status: 'PAID' } })
  for (const guest of [busy, idle, third]) await lastSeen(guest, 31)

  await prune()

  expect(await left([busy, idle, third])).toEqual([true, false, false])
  expect(await prisma.order.findUniqueOrThrow({ where: { id: unpaid } })).toMatchObject({
    status: 'CANCELLED',
    deliveryAddress: null,
    customerId: idle.id,
  })
  expect(await prisma.user.findUniqueOrThrow({ where: { id: idle.id } })).toMatchObject({
    displayName: 'Удалённый аккаунт',
    isGuest: false,
  })
  await prisma.order.update({ where: { id: paid }, data: { status: 'COMPLETED' } })
  await prune()
  expect(await left([busy])).toEqual([false])
})

it('two hundred and fifty go in one night, past some who cannot', { timeout: 60_000 }, async () => {
  const createdAt = addDays(now, -60)
  const ids = Array.from({ length: 250 }, (_, n) => `00000000-0000-7000-8000-${n.toString().padStart(12, '0')}`)
  await prisma.user.createMany({
    data: ids.map((id) => ({ id, displayName: 'Гость', isGuest: true, createdAt })),
  })
  const keep = ids.filter((_, n) => n % 2 === 0).slice(0, 110)
  await prisma.order.createMany({
    data: keep.map((customerId) => ({
      id: customerId,
      number: `AT-${customerId}`,
      customerId,
      status: 'PAID' as const,
      subtotalAmount: 0n,
      rushFeeAmount: 0n,
      totalAmount: 0n,
      createdAt,
      updatedAt: createdAt,
    })),
  })
  await prune()
  const kept = await prisma.user.findMany({ where: { id: { in: ids } }, orderBy: { id: 'asc' }, select: { id: true } })
  expect(kept.map(({ id }) => id)).toEqual(keep)
})
