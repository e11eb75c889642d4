import { expect, it } from 'vitest'
import { addDays } from '../../../src/kernel/clock.js'
import { notificationStream } from '../../../src/modules/notifications/index.js'
import { inTransaction } from '../../../src/platform/database/transaction.js'
import { openAccount } from '../../testkit/account.js'
import { startTestServer } from '../../testkit/server.js'
import { bulletin, openDoor, openRoom } from './bulletin.js'
import { SET_PREFERENCES } from './operations.js'
import { toldTo } from './told.js'

const server = await startTestServer()
const tell = bulletin(server)
const { prisma } = server.platform.database

it('what is 90 days old is dropped, read or not, and its numbers are not used again', async () => {
  const person = await openAccount(server)
  for (let count = 0; count < 3; count++) await tell(person.id)
  const [first, second, third] = await toldTo(person)
  for (const [told, days] of [
    [first, 91],
    [second, 89],
  ] as const)
    await prisma.notification.update({
      where: { id: told?.id ?? '' },
      data: { createdAt: addDays(new Date(), -days) },
    })
  await openRoom(server).jobs?.['prune-notifications']?.(
    undefined as never,
    { signal: new AbortController().signal } as never,
  )
  expect((await toldTo(person)).map(({ id }) => id)).toEqual([second?.id, third?.id])
  await tell(person.id)
  const last = await prisma.notification.findFirst({ where: { userId: person.id }, orderBy: { number: 'desc' } })
  expect(last?.number).toBe(4n)
})

it('nothing is left of what a person was told who leaves', async () => {
  const person = await openAccount(server)
  await tell(person.id)
  await person.client.get(SET_PREFERENCES, { input: { email: [], telegram: [] } })
  await person.client.get('mutation LeaveOfNews { deleteAccount(password: "Adtime-test-1") }')
  const where = { userId: person.id }
  const [name, stream] = [notificationStream(person.id), notificationStream(person.id)]
  expect(
    await Promise.all([
      prisma.notification.count({ where }),
      prisma.notificationPreferences.count({ where }),
      prisma.eventStream.count({ where: { name } }),
      prisma.streamEvent.count({ where: { stream } }),
    ]),
  ).toEqual([0, 0, 0, 0])
})

it('nobody is told who is blocked, gone or a program, and nothing is stored of what is undone', async () => {
  const [blocked, person] = [await openAccount(server), await openAccount(server)]
  await prisma.user.update({ where: { id: blocked.id }, data: { blockedAt: new Date() } })
  await tell(blocked.id)
  const undone = inTransaction(server.platform.database, async (tx) => {
    openDoor(server).notify(tx, {
      event: 'test.news',
      type: 'SYSTEM',
      source: 'undone',
      to: { userIds: [person.id] },
      words: { RU: { title: 'Нет', body: 'Нет' }, EN: { title: 'No', body: 'No' } },
    })
    throw new Error('undone')
  })
  await expect(undone).rejects.toThrow('undone')
  expect(await prisma.notification.count({ where: { userId: { in: [blocked.id, person.id] } } })).toBe(0)
  await tell(person.id)
  expect((await prisma.notification.findFirst({ where: { userId: person.id } }))?.number).toBe(1n)
})
