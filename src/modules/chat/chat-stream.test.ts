import { describe, expect, it } from 'vitest'
import { CursorCodec } from '../../kernel/cursor.js'
import { chatScope, messageCursor, messageNumber } from './chat-stream.js'

const cursors = new CursorCodec(Buffer.from('a key for tests'))

describe('cursors of a chat', () => {
  it.each([0, 1, 2 ** 40])('carry message number %d', (number) => {
    expect(messageNumber(cursors, 'order-1', messageCursor(cursors, 'order-1', number), 'after')).toBe(BigInt(number))
  })

  it('are the same for a message and for the edge of a page', () => {
    expect(messageCursor(cursors, 'order-1', 7)).toBe(cursors.encode(chatScope('order-1'), [7]))
  })

  it('are refused by the chat of another order, naming the argument', () => {
    const foreign = messageCursor(cursors, 'order-1', 7)
    expect(() => messageNumber(cursors, 'order-2', foreign, 'upTo')).toThrow(/^upTo: /)
  })
})
