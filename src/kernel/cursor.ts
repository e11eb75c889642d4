import { createHmac, timingSafeEqual } from 'node:crypto'
import { inputError } from './domain-error.js'

const MAC_BYTES = 12

/** What a cursor may carry: the sort keys of one row, or a stream's number. */
export type CursorValue = string | number | boolean | null

/**
 * Opaque cursors. Each is bound to its `scope` (a list or a stream) and carries a MAC, so one that was altered, or that was
 * handed out for another list, is refused as wrong input.
 */
export class CursorCodec {
  constructor(private readonly secret: Uint8Array) {}

  encode(scope: string, values: readonly CursorValue[]): string {
    const body = Buffer.from(JSON.stringify(values))
    return Buffer.concat([this.mac(scope, body), body]).toString('base64url')
  }

  /** @throws BAD_USER_INPUT naming `path` */
  decode(scope: string, cursor: string, path = 'after'): CursorValue[] {
    const bytes = Buffer.from(cursor, 'base64url')
    const body = bytes.subarray(MAC_BYTES)
    // Base64url has several spellings of the same bytes, and decoding skips what does not belong; we hand out one spelling.
    const isOurs =
      bytes.length > MAC_BYTES &&
      bytes.toString('base64url') === cursor &&
      timingSafeEqual(bytes.subarray(0, MAC_BYTES), this.mac(scope, body))
    if (!isOurs) throw inputError([{ path, message: 'is not a cursor of this list or stream' }])
    return JSON.parse(body.toString()) as CursorValue[]
  }

  private mac(scope: string, body: Uint8Array): Buffer {
    return createHmac('sha256', this.secret).update(scope).update('\0').update(body).digest().subarray(0, MAC_BYTES)
  }
}
