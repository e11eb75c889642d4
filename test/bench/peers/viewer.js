import { createHash } from 'node:crypto'
import { createLocalJWKSet, jwtVerify } from 'jose'
import { LRUCache } from 'lru-cache'

const keys = createLocalJWKSet(JSON.parse(process.env.JWKS ?? '{"keys":[]}'))
const verified = new LRUCache({ max: 20_000 })

/**
 * Who holds the token of an Authorization header; null for nobody. A signature is checked once, as our server does; what our
 * server also asks the database (whether the session has ended, the role) is not asked here.
 */
export async function viewerOf(authorization) {
  if (!authorization?.startsWith('Bearer ')) return null
  const token = authorization.slice(7)
  const key = createHash('sha256').update(token).digest('base64')
  const known = verified.get(key)
  if (known && known.exp * 1000 > Date.now()) return known.sub
  const { payload } = await jwtVerify(token, keys, { algorithms: ['RS256'], issuer: 'adtime', audience: 'adtime-api' })
  verified.set(key, { sub: payload.sub, exp: payload.exp })
  return payload.sub
}
