import type { KeyObject } from 'node:crypto'
import { calculateJwkThumbprint, exportJWK, SignJWT } from 'jose'
import { newId } from '../../src/kernel/ids.js'

const HUNDRED_YEARS_S = 100 * 365 * 24 * 3_600

/** An access token for tests whose clock runs by years, and for accounts that never signed in. The session has to exist. */
export async function lastingToken(
  key: KeyObject,
  { role, sid, sub }: { role: string; sid: string; sub: string },
): Promise<string> {
  const now = Math.floor(Date.now() / 1_000)
  const { kty, n, e } = await exportJWK(key)
  return new SignJWT({ role, sid, scope: 'READ WRITE', typ: 'access' })
    .setProtectedHeader({ alg: 'RS256', kid: await calculateJwkThumbprint({ kty, n, e } as never), typ: 'JWT' })
    .setSubject(sub)
    .setJti(newId())
    .setIssuer('adtime')
    .setAudience('adtime-api')
    .setIssuedAt(now)
    .setExpirationTime(now + HUNDRED_YEARS_S)
    .sign(key)
}
