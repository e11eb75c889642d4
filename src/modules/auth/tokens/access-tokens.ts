import { createHash } from 'node:crypto'
import { type JWTPayload, jwtVerify, SignJWT } from 'jose'
import { LRUCache } from 'lru-cache'
import type { Clock } from '../../../kernel/clock.js'
import { isId, newId } from '../../../kernel/ids.js'
import type { SignedInViewer } from '../../../kernel/viewer.js'
import { invalidAccessToken } from '../auth.errors.js'
import type { KeyRing } from './key-ring.js'
import { type Scope, scopesOf } from './scope.js'

const ISSUER = 'adtime'
const AUDIENCE = 'adtime-api'
const TYPE = 'access'
const LIFETIME_SECONDS = 1_800
const MAX_LENGTH = 4_096
const MAX_REMEMBERED = 20_000

export interface IssuedAccessToken {
  readonly accessToken: string
  readonly tokenType: 'bearer'
  readonly expiresIn: number
  readonly issuedAt: Date
  readonly tokenId: string
  readonly scopes: readonly Scope[]
}

/** What tells one access token of a session from another. */
export interface TokenIdentity {
  /** Its `jti`. */
  readonly tokenId: string
  readonly issuedAt: Date
}

/** What a valid token proves. The role is not among it: that is read from the database. */
export interface AccessClaims {
  readonly userId: string
  readonly sessionId: string
  readonly tokenId: string
  readonly expiresAt: Date
}

interface Verified {
  readonly claims: AccessClaims
  /** The key that signed. */
  readonly kid: string
}

/** Makes access tokens and checks them. */
export class AccessTokens {
  // A verified signature stays verified, and costs twenty times a hash to check. Keys are hashes: no token lies in memory.
  private readonly verified = new LRUCache<string, Verified>({ max: MAX_REMEMBERED })

  constructor(
    private readonly keys: KeyRing,
    private readonly clock: Clock,
  ) {}

  /** The same token for the same identity and viewer, as long as the key is the same: RS256 signs without chance. */
  async issue(
    { userId, sessionId, role }: Pick<SignedInViewer, 'userId' | 'sessionId' | 'role'>,
    identity: TokenIdentity = { tokenId: newId(), issuedAt: this.clock.now() },
  ): Promise<IssuedAccessToken> {
    const { tokenId } = identity
    const seconds = Math.floor(identity.issuedAt.getTime() / 1000)
    const scopes = scopesOf(role)
    const { kid, privateKey } = await this.keys.current()
    const accessToken = await new SignJWT({ role, scope: scopes.join(' '), sid: sessionId, typ: TYPE })
      .setProtectedHeader({ alg: 'RS256', kid, typ: 'JWT' })
      .setSubject(userId)
      .setJti(tokenId)
      .setIssuer(ISSUER)
      .setAudience(AUDIENCE)
      .setIssuedAt(seconds)
      .setExpirationTime(seconds + LIFETIME_SECONDS)
      .sign(privateKey)
    const issuedAt = new Date(seconds * 1000)
    return { accessToken, tokenType: 'bearer', expiresIn: LIFETIME_SECONDS, issuedAt, tokenId, scopes }
  }

  /** @throws UNAUTHENTICATED for everything but an unexpired access token of ours */
  async verify(token: string): Promise<AccessClaims> {
    if (token.length > MAX_LENGTH) throw invalidAccessToken()
    const now = this.clock.now()
    const key = createHash('sha256').update(token).digest('base64')
    await this.keys.refresh()
    const known = this.verified.get(key)
    if (known && known.claims.expiresAt > now && this.keys.knows(known.kid)) return known.claims
    const verified = await this.check(token, now)
    this.verified.set(key, verified)
    return verified.claims
  }

  private async check(token: string, now: Date): Promise<Verified> {
    try {
      const { payload, protectedHeader } = await jwtVerify(token, ({ kid }) => this.keyFor(kid), {
        algorithms: ['RS256'],
        issuer: ISSUER,
        audience: AUDIENCE,
        currentDate: now,
      })
      return { claims: claimsOf(payload), kid: String(protectedHeader.kid) }
    } catch (cause) {
      throw invalidAccessToken(cause)
    }
  }

  private async keyFor(kid: string | undefined) {
    const key = await this.keys.publicKey(kid)
    if (!key) throw new TypeError('the token names a key that is not ours')
    return key
  }
}

function claimsOf({ sub, sid, jti, exp, typ }: JWTPayload): AccessClaims {
  if (typ !== TYPE) throw new TypeError('this is not an access token')
  if (!isIdClaim(sub) || !isIdClaim(sid) || !isIdClaim(jti) || exp === undefined)
    throw new TypeError('a claim is missing')
  return { userId: sub, sessionId: sid, tokenId: jti, expiresAt: new Date(exp * 1000) }
}

const isIdClaim = (claim: unknown): claim is string => typeof claim === 'string' && isId(claim)
