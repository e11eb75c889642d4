import { expect } from 'vitest'
import type { TestAccount } from '../../testkit/account.js'
import { type MyNotifications, NOTIFICATIONS, type NotificationView } from './operations.js'

type Person = Pick<TestAccount, 'client'>

/** What somebody was told, oldest first. */
export async function toldTo({ client }: Person): Promise<NotificationView[]> {
  const { me } = await client.get<MyNotifications, object>(NOTIFICATIONS, { first: 100 })
  return [...me.notifications.nodes].reverse()
}

export const eventsOf = (told: readonly NotificationView[]): unknown[] => told.map(({ payload }) => payload?.event)

/** What somebody was told once this event is among it. @throws after thirty seconds */
export async function untilTold(person: Person, event: string): Promise<NotificationView> {
  const find = async () => (await toldTo(person)).find(({ payload }) => payload?.event === event)
  await expect.poll(find, { timeout: 30_000 }).toBeDefined()
  return (await find()) as NotificationView
}
