import type { CursorCodec } from '../../kernel/cursor.js'

/** The stream of an order's chat: what was sent, edited and deleted there. The subject of each event is the message. */
export const chatStream = (orderId: string): string => `chat:${orderId}`

/** What the cursors of a chat are bound to: those of its messages, its pages and its stream are the same. */
export const chatScope = (orderId: string): string => `stream:${chatStream(orderId)}`

export const messageCursor = (cursors: CursorCodec, orderId: string, number: number): string =>
  cursors.encode(chatScope(orderId), [number])

/** @throws BAD_USER_INPUT naming `path` for a cursor of another chat */
export function messageNumber(cursors: CursorCodec, orderId: string, cursor: string, path: string): bigint {
  const [number] = cursors.decode(chatScope(orderId), cursor, path)
  return BigInt(number ?? 0)
}
