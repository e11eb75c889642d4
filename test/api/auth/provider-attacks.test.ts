import { createHash, randomBytes } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { systemClock } from '../../../src/kernel/clock.js'
import { Visitor } from '../../simulators/visitor.js'
import { openAccount } from '../../testkit/account.js'
import { TestClient } from '../../testkit/client.js'
import { newAddress, registerSomebody } from './people.js'
import { APP, broughtBy, openProviderDesk, REDIRECT_URI, START_PROVIDER_LOGIN } from './provider-desk.js'

let offset = 0
const clock = { now: () => new Date(systemClock.now().getTime() + offset) }
const desk = await openProviderDesk({ clock })
const { server } = desk
const { prisma } = server.platform.database
const inACookieBrowser = (cookie = '') =>
  new TestClient(server, null, { 'x-auth-mode': 'cookie', origin: APP, ...(cookie && { cookie }) })
const identities = () => prisma.identity.count()
const exchanges = () => desk.provider.asked.get('/token')

/** Begins a visit in cookie mode. @returns where to go, and the cookies that the browser was given */
async function startInABrowser(): Promise<{ url: string; cookie: string }> {
  const response = await fetch(`${server.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-auth-mode': 'cookie', origin: APP },
    body: JSON.stringify({
      query: START_PROVIDER_LOGIN.replace('StartProviderLogin', 'StartInABrowser'),
      variables: { provider: 'GOOGLE', redirectUri: REDIRECT_URI },
    }),
  })
  const { data } = (await response.json()) as { data: { startProviderLogin: string } }
  const cookies = response.headers.getSetCookie()
  expect(cookies).toEqual([
    expect.stringMatching(/^adtime_visit_\w+=[\w-]{43}; Max-Age=600; Path=\/graphql; HttpOnly; SameSite=Strict/),
  ])
  return { url: data.startProviderLogin, cookie: cookies[0]?.split(';')[0] ?? '' }
}

describe('a visit', () => {
  it('goes out with PKCE by S256, a state and a nonce, none of which is kept as it is', async () => {
    const url = new URL(await desk.start())
    const { state, nonce, code_challenge, ...rest } = Object.fromEntries(url.searchParams)
    expect(rest).toMatchObject({
      response_type: 'code',
      redirect_uri: REDIRECT_URI,
      code_challenge_method: 'S256',
      scope: 'openid email profile',
    })
    for (const secret of [state, nonce, code_challenge]) expect(secret).toMatch(/^[\w-]{43}$/)
    const stateHash = new Uint8Array(
      createHash('sha256')
        .update(state ?? '')
        .digest(),
    )
    const row = await prisma.providerLogin.findUniqueOrThrow({ where: { stateHash } })
    expect(JSON.stringify(row) + Buffer.from(row.secrets).toString('latin1')).not.toContain(nonce)
    const again = new URL(await desk.start()).searchParams
    expect([again.get('state'), again.get('nonce')]).not.toEqual([state, nonce])
  })

  it('completed once is over, whatever code comes with its state', async () => {
    const login = desk.newPerson()
    const brought = await desk.bring(login)
    expect((await desk.complete(brought)).code).toBe('ok')
    expect((await desk.complete(brought)).code).toBe('UNAUTHENTICATED')
    const { code } = await desk.bring(login)
    expect((await desk.complete({ ...brought, code })).code).toBe('UNAUTHENTICATED')
  })

  it('is over after ten minutes', async () => {
    const login = desk.newPerson()
    const [late, inTime] = [await desk.bring(login), await desk.bring(login)]
    offset = 10 * 60_000 - 5_000
    expect((await desk.complete(inTime)).code).toBe('ok')
    offset = 10 * 60_000
    expect((await desk.complete(late)).code).toBe('UNAUTHENTICATED')
    offset = 0
  })

  it.each([
    ['unknown', 'x'.repeat(43)],
    ['empty', ''],
    ['endless', 'x'.repeat(100_000)],
    ['no text', '\u0000\ud800'],
  ])('with a state that is %s is refused like any other', async (_which, state) => {
    const { error } = await desk.complete({ code: 'code', state })
    expect(error).toMatchObject({
      message: expect.stringContaining('Start again'),
      extensions: { code: 'UNAUTHENTICATED' },
    })
  })

  it.each(['', 'x'.repeat(100_000), '?code=1&code=2', '?error=access_denied&code=1', '?response=x.y.z&code=1'])(
    'with a code that the provider never gave is refused (%#)',
    async (code) => {
      const { state } = broughtBy(new URL(await desk.start()))
      expect((await desk.complete({ code, state })).code).toBe('UNAUTHENTICATED')
    },
  )
})

describe('two visits mixed up', () => {
  it('a code of another visit does not open this one: its verifier is another', async () => {
    const before = await identities()
    const [mine, theirs] = [await desk.bring(desk.newPerson()), await desk.bring(desk.newPerson())]
    expect((await desk.complete({ code: theirs.code, state: mine.state })).code).toBe('UNAUTHENTICATED')
    expect((await desk.complete({ code: mine.code, state: theirs.state })).code).toBe('UNAUTHENTICATED')
    expect(await identities()).toBe(before)
  })

  it('a whole query of another visit is not taken with this state', async () => {
    const back = await new Visitor().visit(await desk.start(), REDIRECT_URI, desk.newPerson())
    const { state } = broughtBy(new URL(await desk.start()))
    const before = exchanges()
    expect((await desk.complete({ code: back.search, state })).code).toBe('UNAUTHENTICATED')
    expect(exchanges()).toBe(before)
  })

  it('what left for one provider does not come back from another', async () => {
    const brought = await desk.bring(desk.newPerson())
    const before = exchanges()
    expect((await desk.complete(brought, undefined, 'YANDEX')).code).toBe('UNAUTHENTICATED')
    expect((await desk.complete(brought)).code).toBe('UNAUTHENTICATED')
    // Neither provider was shown the other's code.
    expect(exchanges()).toBe(before)
  })

  it('an answer that says that another issuer gave it is refused', async () => {
    const back = await new Visitor().visit(await desk.start(), REDIRECT_URI, desk.newPerson())
    expect(back.searchParams.get('iss')).toBe(desk.provider.issuer)
    back.searchParams.set('iss', 'https://evil.example.test')
    expect((await desk.complete({ code: back.search, state: broughtBy(back).state })).code).toBe('UNAUTHENTICATED')
  })
})

describe('PKCE', () => {
  it('cannot be left out', async () => {
    const url = new URL(await desk.start())
    url.searchParams.delete('code_challenge')
    url.searchParams.delete('code_challenge_method')
    const back = await new Visitor().visit(url.href, REDIRECT_URI, desk.newPerson())
    expect(back.searchParams.get('error')).toBe('invalid_request')
    expect((await desk.complete({ code: back.search, state: broughtBy(back).state })).code).toBe('UNAUTHENTICATED')
  })

  it('holds for a challenge that somebody else put in', async () => {
    const url = new URL(await desk.start())
    url.searchParams.set('code_challenge', createHash('sha256').update(randomBytes(32)).digest('base64url'))
    const back = await new Visitor().visit(url.href, REDIRECT_URI, desk.newPerson())
    expect((await desk.complete(broughtBy(back))).code).toBe('UNAUTHENTICATED')
  })

  it('does not help with a nonce of another: the id_token is not for this visit', async () => {
    const url = new URL(await desk.start())
    url.searchParams.set('nonce', 'another')
    const back = await new Visitor().visit(url.href, REDIRECT_URI, desk.newPerson())
    expect((await desk.complete(broughtBy(back))).code).toBe('UNAUTHENTICATED')
  })
})

describe('a redirect URI', () => {
  it.each([
    'https://evil.example.test/signed-in',
    'https://app.example.test/signed-in',
    'http://app.example.test.evil.test/',
    'http://app.example.test@evil.test/',
    'http://app.example.test:8080/',
    'http://user:secret@app.example.test/signed-in',
    'http://app.example.test/signed-in?next=//evil.test',
    'http://app.example.test/signed-in#',
  ])('%s is not ours', async (redirectUri) => {
    const { errors } = await new TestClient(server).ask(
      START_PROVIDER_LOGIN.replace('StartProviderLogin', 'StartElsewhere'),
      {
        provider: 'GOOGLE',
        redirectUri,
      },
    )
    expect(errors[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', fields: [{ path: 'redirectUri' }] })
  })

  it('of the server itself is one', async () => {
    const redirectUri = `${server.platform.config.publicUrl}/here`
    const document =
      'mutation StartHere($redirectUri: URL!) { startProviderLogin(provider: GOOGLE, redirectUri: $redirectUri) }'
    const { startProviderLogin } = await new TestClient(server).get<{ startProviderLogin: string }>(document, {
      redirectUri,
    })
    expect(new URL(startProviderLogin).searchParams.get('redirect_uri')).toBe(redirectUri)
  })
})

describe('an account of somebody with the same address', () => {
  it('is not taken over with an address that the provider has not verified', async () => {
    const { user } = await registerSomebody(server)
    await prisma.user.update({ where: { id: user.id }, data: { emailVerifiedAt: new Date() } })
    const thief = desk.newPerson({ email: user.email ?? '', email_verified: false })
    const { payload } = await desk.signIn(thief)
    expect(payload?.user.id).not.toBe(user.id)
    expect(payload?.user).toMatchObject({ email: null, emailVerified: false })
    expect(await prisma.identity.count({ where: { userId: user.id } })).toBe(0)
  })

  it('that was made in advance with their address is not shared with its owner', async () => {
    const email = newAddress()
    const { user: squatter } = await registerSomebody(server, email)
    const { error } = await desk.signIn(desk.newPerson({ email, email_verified: true }))
    expect(error).toMatchObject({
      message: expect.stringContaining('requestPasswordReset'),
      extensions: { code: 'CONFLICT' },
    })
    expect(await prisma.identity.count({ where: { userId: squatter.id } })).toBe(0)
    expect((await prisma.user.findUnique({ where: { email } }))?.emailVerifiedAt).toBeNull()
  })
})

describe('a link', () => {
  it('that one person began is not completed by another, a visitor, or nobody they could be', async () => {
    const [anna, boris] = [await openAccount(server), await openAccount(server)]
    const before = await identities()
    for (const client of [boris.client, new TestClient(server), new TestClient(server, 'no.valid.token')]) {
      const brought = await desk.bring(desk.newPerson(), anna.client)
      expect((await desk.complete(brought, client)).code).toBe('UNAUTHENTICATED')
      expect((await desk.complete(brought, anna.client)).code).toBe('UNAUTHENTICATED')
    }
    expect(await identities()).toBe(before)
  })

  it('is not made by a visit that began without an account', async () => {
    const { id, client } = await openAccount(server)
    const { payload } = await desk.complete(await desk.bring(desk.newPerson()), client)
    expect(payload?.user.id).not.toBe(id)
    expect(await prisma.identity.count({ where: { userId: id } })).toBe(0)
  })
})

describe('in cookie mode', () => {
  it('a visit is completed by the browser that began it', async () => {
    const { url, cookie } = await startInABrowser()
    const back = await new Visitor().visit(url, REDIRECT_URI, desk.newPerson())
    const { payload } = await desk.complete(broughtBy(back), inACookieBrowser(cookie))
    expect(payload?.token.refreshToken).toBe('')
  })

  it('a stranger’s visit is not completed by somebody’s browser, so nobody is signed in as the stranger', async () => {
    const strangers = [await desk.bring(desk.newPerson()), await bringFromABrowser(), await bringFromABrowser()]
    const { cookie: ofAnotherVisit } = await startInABrowser()
    const browsers = [inACookieBrowser(ofAnotherVisit), inACookieBrowser(), inACookieBrowser(ofAnotherVisit)]
    for (const [n, brought] of strangers.entries())
      expect((await desk.complete(brought, browsers[n])).code).toBe('UNAUTHENTICATED')
  })

  it('a visit that began there is not completed without it', async () => {
    expect((await desk.complete(await bringFromABrowser())).code).toBe('UNAUTHENTICATED')
  })

  async function bringFromABrowser() {
    const { url } = await startInABrowser()
    return broughtBy(await new Visitor().visit(url, REDIRECT_URI, desk.newPerson()))
  }
})

it('a visit is begun and completed twenty times a minute from one address', async () => {
  const visitor = new TestClient(server)
  const complete = () => desk.complete({ code: 'x', state: 'y' }, visitor)
  const codes = (await Promise.all(Array.from({ length: 21 }, complete))).map(({ code }) => code)
  expect(codes.filter((code) => code === 'UNAUTHENTICATED')).toHaveLength(20)
  expect(codes.filter((code) => code === 'RATE_LIMITED')).toHaveLength(1)
})
