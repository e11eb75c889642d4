import { createHmac, timingSafeEqual } from 'node:crypto'

const LIFETIME_S = 60 * 60
const STEP_S = 15 * 60

/** What a signed link gives access to, and until when. */
export interface AssetLink {
  readonly id: string
  readonly width: number | null
  /** Seconds since 1970. */
  readonly expires: number
}

const sign = ({ id, width, expires }: AssetLink, key: Uint8Array): string =>
  createHmac('sha256', key)
    .update(`${id}\n${width ?? ''}\n${expires}`)
    .digest('base64url')

/** Good for an hour at least. Rounded up to a quarter of an hour, so that a picture keeps its URL for a while and caches know it. */
export const expiryOf = (now: Date): number => Math.ceil((now.getTime() / 1000 + LIFETIME_S) / STEP_S) * STEP_S

/** The path and query under which the asset can be downloaded. */
export function signedAssetPath(link: AssetLink, key: Uint8Array): string {
  const query = new URLSearchParams({ expires: String(link.expires) })
  if (link.width !== null) query.set('width', String(link.width))
  query.set('signature', sign(link, key))
  return `/assets/${link.id}?${query}`
}

/** What the route was asked with. */
export interface AssetQuery {
  readonly expires?: unknown
  readonly width?: unknown
  readonly signature?: unknown
}

const number = (raw: unknown): number | null => (typeof raw === 'string' && /^\d{1,12}$/.test(raw) ? Number(raw) : null)

/** Whether the link is one of ours, and still good: an altered one is `forged` whatever else it is. */
export function checkAssetLink(
  id: string,
  query: AssetQuery,
  key: Uint8Array,
  now: Date,
): AssetLink | 'forged' | 'expired' {
  const expires = number(query.expires)
  const width = number(query.width)
  if (expires === null || typeof query.signature !== 'string' || (query.width !== undefined && width === null))
    return 'forged'
  const link = { id, width, expires }
  const expected = Buffer.from(sign(link, key))
  const given = Buffer.from(query.signature)
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) return 'forged'
  return expires * 1000 > now.getTime() ? link : 'expired'
}
