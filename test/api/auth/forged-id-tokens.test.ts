import { createHmac } from 'node:crypto'
import type { JWTPayload } from 'jose'
import { describe, expect, it } from 'vitest'
import { type Lie, startLyingProvider } from '../../simulators/lying-provider.js'
import { CLIENT_SECRET } from '../../simulators/openid-provider.js'
import { openProviderDesk } from './provider-desk.js'

const liar = await startLyingProvider('vk-client')
const desk = await openProviderDesk({ env: { VK_ISSUER: liar.issuer } })
const soon = Math.floor(Date.now() / 1_000)

async function completeWith(lie: Lie) {
  const { searchParams } = new URL(await desk.start(undefined, 'VK'))
  liar.lie(searchParams.get('nonce') ?? '', lie)
  return desk.complete({ code: 'code', state: searchParams.get('state') ?? '' }, undefined, 'VK')
}

const encode = (part: object) => Buffer.from(JSON.stringify(part)).toString('base64url')
const unsigned = (claims: JWTPayload) => `${encode({ alg: 'none' })}.${encode(claims)}.`
function signedWithTheSecret(claims: JWTPayload): string {
  const signed = `${encode({ alg: 'HS256' })}.${encode(claims)}`
  return `${signed}.${createHmac('sha256', CLIENT_SECRET).update(signed).digest('base64url')}`
}

const lies: readonly [string, Lie][] = [
  ['for another application', { claims: { aud: 'google-client' } }],
  ['for us and another, used by the other', { claims: { aud: ['vk-client', 'other'], azp: 'other' } }],
  ['of another issuer', { claims: { iss: 'https://accounts.google.com' } }],
  ['of another visit', { claims: { nonce: 'another' } }],
  ['of no visit', { claims: { nonce: undefined } }],
  ['that expired', { claims: { iat: soon - 600, exp: soon - 300 } }],
  ['that never expires', { claims: { exp: undefined } }],
  ['that names nobody', { claims: { sub: undefined } }],
  ['that names somebody with an empty name', { claims: { sub: '' } }],
  ['that names somebody unstorable', { claims: { sub: 'a\u0000b' } }],
  ['that names somebody endless', { claims: { sub: 'x'.repeat(10_000) } }],
  ['signed with a key that is not the provider’s', { signedByAnother: true }],
  ['signed with a key that nobody knows', { header: { kid: 'unknown' } }],
  ['that is not signed', { token: unsigned }],
  ['signed with our own secret', { token: signedWithTheSecret }],
  ['that is no token', { token: () => 'a.b.c' }],
  ['that is missing', { token: () => undefined }],
]

describe('an id_token', () => {
  it('that is honest signs in: the lies below are refused for what they are', async () => {
    expect(await completeWith({})).toMatchObject({ code: 'ok', payload: { user: { email: 'liar@example.com' } } })
  })

  it.each(lies)('%s signs nobody in', async (_which, lie) => {
    const { prisma } = desk.server.platform.database
    const before = await prisma.user.count()
    expect((await completeWith(lie)).code).toBe('UNAUTHENTICATED')
    expect(await prisma.user.count()).toBe(before)
  })
})
