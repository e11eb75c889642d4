import { createHmac, timingSafeEqual } from 'node:crypto'

/** What a signed upload URL allows, and until when. */
export interface UploadLink {
  readonly id: string
  /** Seconds since 1970. */
  readonly expires: number
}

// Beginning with a word, it is never what a link for downloading signs.
const sign = ({ id, expires }: UploadLink, key: Uint8Array): string =>
  createHmac('sha256', key).update(`upload\n${id}\n${expires}`).digest('base64url')

/** The path and query to which the file is sent. */
export const signedUploadPath = (link: UploadLink, key: Uint8Array): string =>
  `/uploads/${link.id}?${new URLSearchParams({ expires: String(link.expires), signature: sign(link, key) })}`

/** Whether the link is one of ours, and still good: an altered one is `forged` whatever else it is. */
export function checkUploadLink(
  id: string,
  { expires, signature }: { readonly expires?: unknown; readonly signature?: unknown },
  key: Uint8Array,
  now: Date,
): UploadLink | 'forged' | 'expired' {
  if (typeof expires !== 'string' || !/^\d{1,12}$/.test(expires) || typeof signature !== 'string') return 'forged'
  const link = { id, expires: Number(expires) }
  const expected = Buffer.from(sign(link, key))
  const given = Buffer.from(signature)
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) return 'forged'
  return link.expires * 1000 > now.getTime() ? link : 'expired'
}
