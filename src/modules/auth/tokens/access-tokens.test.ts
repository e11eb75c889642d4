import { createHmac, createPublicKey, generateKeyPairSync, randomBytes } from 'node:crypto'
import { calculateJwkThumbprint, exportJWK, SignJWT } from 'jose'
import { describe, expect, it } from 'vitest'
import { newId } from '../../../kernel/ids.js'
import type { JwtKeys } from '../../../platform/config/jwt-key-files.js'
import { publicHalf } from '../../../platform/config/rsa-keys.js'
import { createLogger } from '../../../platform/observability/logger.js'
import { newSecret } from '../../../platform/secrets/one-time-secret.js'
import { AccessTokens } from './access-tokens.js'
import { KeyRing } from './key-ring.js'
import { SigningKeys } from './signing-keys.js'

const newPem = (): string =>
  generateKeyPairSync('rsa', {
    modulusLength: 2048,
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
    publicKeyEncoding: { type: 'spki', format: 'pem' },
  }).privateKey

const start = new Date('2026-03-01T12:00:00.700Z')
let now = start
const clock = { now: () => now }
const ourPem = newPem()
const ours = { jwtPrivateKey: ourPem, jwtPreviousKeys: [] }
const keys = new SigningKeys(ours)
const tokensUnder = (secrets: JwtKeys) => new AccessTokens(new KeyRing(secrets, clock, createLogger('silent')), clock)
const tokens = tokensUnder(ours)
const viewer = { userId: newId(), sessionId: newId(), role: 'USER' } as const
const secondsLater = (seconds: number) => new Date(start.getTime() + seconds * 1000)
const partOf = (token: string, index: number) =>
  JSON.parse(Buffer.from(token.split('.')[index] ?? '', 'base64url').toString()) as Record<string, unknown>

const header = { alg: 'RS256', kid: keys.current.kid }
const iat = Math.floor(start.getTime() / 1000)
const claims = {
  sub: viewer.userId,
  sid: viewer.sessionId,
  jti: newId(),
  role: 'USER',
  scope: 'READ WRITE',
  typ: 'access',
  iss: 'adtime',
  aud: 'adtime-api',
  iat,
  exp: iat + 1_800,
}
const forge = (changes: object, inHeader: object = {}, key = keys.current.privateKey): Promise<string> =>
  new SignJWT({ ...claims, ...changes }).setProtectedHeader({ ...header, ...inHeader }).sign(key)
const encode = (part: object) => Buffer.from(JSON.stringify(part)).toString('base64url')

function signedWithPublicKey(): string {
  const signed = `${encode({ ...header, alg: 'HS256' })}.${encode(claims)}`
  const pem = createPublicKey(ourPem).export({ type: 'spki', format: 'pem' })
  return `${signed}.${createHmac('sha256', pem).update(signed).digest('base64url')}`
}

const attacks: readonly [string, () => string | Promise<string>][] = [
  ['alg none', () => `${encode({ alg: 'none', kid: header.kid })}.${encode(claims)}.`],
  ['HS256 signed with the public key', signedWithPublicKey],
  ['a kid that is not ours', () => forge({}, { kid: 'other' })],
  ['no kid', () => forge({}, { kid: undefined })],
  [
    'a foreign key under our kid',
    () => forge({}, {}, new SigningKeys({ jwtPrivateKey: newPem(), jwtPreviousKeys: [] }).current.privateKey),
  ],
  ['PS256 with our key', () => forge({}, { alg: 'PS256' }).catch(() => 'a.b.c')],
  ['a foreign audience', () => forge({ aud: 'another-api' })],
  ['no audience', () => forge({ aud: undefined })],
  ['a foreign issuer', () => forge({ iss: 'another' })],
  ['a token that expired', () => forge({ exp: iat - 1 })],
  ['a token that never expires', () => forge({ exp: undefined })],
  ['a token that is not valid yet', () => forge({ nbf: iat + 60 })],
  ['a refresh token', () => newSecret()],
  ['a signed refresh token', () => forge({ typ: 'refresh' })],
  ['a token without a type', () => forge({ typ: undefined })],
  ['a token without a session', () => forge({ sid: undefined })],
  ['a session id that is no id', () => forge({ sid: "' or true" })],
  [
    'a changed claim',
    async () => {
      const [head, , signature] = (await forge({})).split('.')
      return `${head}.${encode({ ...claims, role: 'ADMIN' })}.${signature}`
    },
  ],
  ['a cut signature', async () => (await forge({})).replace(/\.[^.]+$/, '.')],
  ['five thousand characters', () => randomBytes(2_500).toString('hex')],
]

describe('an access token', () => {
  it('carries the claims that clients rely on', async () => {
    const issued = await tokens.issue(viewer)
    expect(issued).toMatchObject({ tokenType: 'bearer', expiresIn: 1_800, scopes: ['READ', 'WRITE'] })
    expect(issued.issuedAt).toEqual(new Date('2026-03-01T12:00:00.000Z'))
    expect(partOf(issued.accessToken, 0)).toEqual({ alg: 'RS256', kid: keys.current.kid, typ: 'JWT' })
    expect(partOf(issued.accessToken, 1)).toEqual({ ...claims, jti: issued.tokenId })
  })

  it('has the scope ADMIN for the role ADMIN', async () => {
    const { accessToken, scopes } = await tokens.issue({ ...viewer, role: 'ADMIN' })
    expect(scopes).toEqual(['READ', 'WRITE', 'ADMIN'])
    expect(partOf(accessToken, 1)).toMatchObject({ role: 'ADMIN', scope: 'READ WRITE ADMIN' })
  })

  it('is good for thirty minutes, also when it was verified before', async () => {
    const { accessToken, tokenId } = await tokens.issue(viewer)
    expect(await tokens.verify(accessToken)).toMatchObject({
      userId: viewer.userId,
      sessionId: viewer.sessionId,
      tokenId,
    })
    now = secondsLater(1_799)
    expect(await tokens.verify(accessToken)).toMatchObject({ tokenId })
    now = secondsLater(1_800)
    await expect(tokens.verify(accessToken)).rejects.toMatchObject({ code: 'UNAUTHENTICATED' })
    now = start
  })

  it('signed by a former key is good as long as that key is kept', async () => {
    const rotated = { jwtPrivateKey: newPem(), jwtPreviousKeys: [publicHalf(ourPem)] }
    const { accessToken } = await tokens.issue(viewer)
    await expect(tokensUnder(rotated).verify(accessToken)).resolves.toMatchObject({ userId: viewer.userId })
    expect(new SigningKeys(rotated).jwks.keys.map(({ kid }) => kid)).toContain(keys.current.kid)
  })

  it('is what this test forges when nothing is wrong with it', async () => {
    await expect(tokens.verify(await forge({}))).resolves.toMatchObject({ userId: viewer.userId })
  })

  it.each(attacks)('is not %s', async (_attack, make) => {
    await expect(tokens.verify(await make())).rejects.toMatchObject({ code: 'UNAUTHENTICATED' })
  })
})

describe('the published keys', () => {
  it('are named by their RFC 7638 thumbprint and hold nothing private', async () => {
    const published = keys.jwks.keys[0]
    expect(published?.kid).toBe(await calculateJwkThumbprint(await exportJWK(keys.current.publicKey)))
    expect(Object.keys(published ?? {}).sort()).toEqual(['alg', 'e', 'kid', 'kty', 'n', 'use'])
  })
})
