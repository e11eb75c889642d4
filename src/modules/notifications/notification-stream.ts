import type { CursorCodec } from '../../kernel/cursor.js'

/** The stream of what a person is told: its n-th event is their n-th notification. */
export const notificationStream = (userId: string): string => `notifications-of:${userId}`

/** What cursors of notifications are bound to: those of pages, of notifications and of the stream are the same. */
export const notificationScope = (userId: string): string => `stream:${notificationStream(userId)}`

export const notificationCursor = (cursors: CursorCodec, userId: string, number: number): string =>
  cursors.encode(notificationScope(userId), [number])

/** @throws BAD_USER_INPUT naming "after" for a cursor of anything else */
export function numberAfter(cursors: CursorCodec, userId: string, after: string): bigint {
  const [number] = cursors.decode(notificationScope(userId), after, 'after')
  return BigInt(number ?? 0)
}
