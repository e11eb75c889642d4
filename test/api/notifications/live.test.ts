import { afterEach, describe, expect, it } from 'vitest'
import { openAccount, type TestAccount } from '../../testkit/account.js'
import { TestClient, type TestSubscription } from '../../testkit/client.js'
import { startTestServer } from '../../testkit/server.js'
import { bulletin } from './bulletin.js'
import { LIVE, type LiveNotification, type MyNotifications, NOTIFICATIONS } from './operations.js'
import { toldTo } from './told.js'

const server = await startTestServer()
const tell = bulletin(server)
const open: TestSubscription<unknown>[] = []

afterEach(async () => {
  await Promise.all(open.splice(0).map((subscription) => subscription.close()))
})

const follow = ({ client }: Pick<TestAccount, 'client'>, after?: string) => {
  const subscription = client.subscribe<LiveNotification, object>(LIVE, { ...(after && { after }) })
  open.push(subscription)
  return subscription
}
const endOf = async ({ client }: TestAccount) =>
  (await client.get<MyNotifications, object>(NOTIFICATIONS, {})).me.lastNotificationCursor
const idsOf = (received: readonly LiveNotification[]) => received.map(({ notificationAdded }) => notificationAdded.id)
const codeOf = async (subscription: TestSubscription<unknown>) => (await subscription.failure()).extensions.code

describe('notificationAdded', () => {
  it('delivers twenty that were made in parallel once, in order, without a gap, stored and live, and resumes from any of them', async () => {
    const person = await openAccount(server)
    const start = await endOf(person)
    await Promise.all(Array.from({ length: 10 }, () => tell(person.id)))
    const events = follow(person, start)
    await events.until((all) => all.length === 10)
    await Promise.all(Array.from({ length: 10 }, () => tell(person.id)))
    const received = await events.until((all) => all.length === 20)
    const told = await toldTo(person)
    expect(idsOf(received)).toEqual(told.map(({ id }) => id))
    const numbers = await server.platform.database.prisma.notification.findMany({
      where: { userId: person.id },
      select: { number: true },
      orderBy: { number: 'asc' },
    })
    expect(numbers.map(({ number }) => Number(number))).toEqual(Array.from({ length: 20 }, (_, index) => index + 1))
    const resumed = follow(person, told[14]?.cursor)
    expect(idsOf(await resumed.until((all) => all.length === 5))).toEqual(told.slice(15).map(({ id }) => id))
  })

  it('is of the viewer alone, and refuses cursors of others and forged ones', async () => {
    const [person, other] = [await openAccount(server), await openAccount(server)]
    const foreign = await endOf(other)
    expect(await codeOf(follow(person, foreign))).toBe('BAD_USER_INPUT')
    expect(await codeOf(follow(person, `${foreign.slice(0, -2)}AA`))).toBe('BAD_USER_INPUT')
    expect(await codeOf(follow({ client: new TestClient(server) }))).toBe('UNAUTHENTICATED')
    const events = follow(person, await endOf(person))
    await tell(other.id)
    await tell(person.id)
    expect(idsOf(await events.until((all) => all.length > 0))).toEqual((await toldTo(person)).map(({ id }) => id))
  })

  it('leaves out what is gone, and goes on', async () => {
    const person = await openAccount(server)
    const start = await endOf(person)
    await tell(person.id)
    await tell(person.id)
    const [first, second] = await toldTo(person)
    await server.platform.database.prisma.notification.delete({ where: { id: first?.id ?? '' } })
    expect(idsOf(await follow(person, start).until((all) => all.length > 0))).toEqual([second?.id])
  })
})
