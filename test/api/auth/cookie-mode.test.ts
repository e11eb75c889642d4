import { describe, expect, it } from 'vitest'
import { DomainError } from '../../../src/kernel/domain-error.js'
import { RawSocket } from '../../testkit/raw-socket.js'
import { startTestServer } from '../../testkit/server.js'
import { CookieBrowser } from './cookie-browser.js'
import { LOGIN, LOGOUT, ME, PASSWORD, REFRESH, REGISTER, START_GUEST } from './operations.js'
import { newAddress, refresh, registerSomebody } from './people.js'

const APP = 'https://app.example.test'
const server = await startTestServer({ env: { ALLOWED_ORIGINS: APP } })
const cookieMode = { 'x-auth-mode': 'cookie' }
const registration = () => ({ input: { email: newAddress(), password: PASSWORD } })
const bearer = (token?: string) => ({ authorization: `Bearer ${token}` })
const expired = expect.stringMatching(/^adtime_refresh=;.*Expires=Thu, 01 Jan 1970/)

async function signedIn(at = server) {
  const browser = new CookieBrowser(at)
  const { payload, setCookie } = await browser.send(REGISTER, registration())
  return { browser, payload, setCookie, headers: bearer(payload?.token.accessToken) }
}

describe('the cookie', () => {
  it('holds the refresh token where no script reads it and no other site sends it, for seven days', async () => {
    const { browser, payload, setCookie } = await signedIn()
    expect(payload?.token.refreshToken).toBe('')
    const [pair, ...attributes] = String(setCookie).split('; ')
    expect(pair).toMatch(/^adtime_refresh=[\w-]{43}$/)
    expect(attributes.sort()).toEqual(['HttpOnly', 'Max-Age=604800', 'Path=/graphql', 'SameSite=Strict'])
    expect((await refresh(server, String(browser.cookie))).errors).toEqual([])
  })

  it('is sent over TLS only, where that is how we are reached', async () => {
    const secure = await startTestServer({
      env: { PUBLIC_URL: 'https://api.example.test' },
      databaseUrl: server.databaseUrl,
    })
    expect((await signedIn(secure)).setCookie).toMatch(/; Secure/)
    await secure.close()
  })

  it('comes with every way of signing in', async () => {
    const input = registration()
    const registered = await new CookieBrowser(server).send(REGISTER, input)
    const loggedIn = await new CookieBrowser(server).send(LOGIN, input)
    const guest = await new CookieBrowser(server).send(START_GUEST)
    for (const { setCookie, payload } of [registered, loggedIn, guest]) {
      expect(setCookie).toMatch(/^adtime_refresh=[\w-]{43};/)
      expect(payload?.token.refreshToken).toBe('')
    }
  })
})

describe('in cookie mode', () => {
  it('a refresh takes the cookie and gives the next, fifty at once the same', async () => {
    const { browser, payload } = await signedIn()
    const before = browser.cookie
    const answers = await Promise.all(Array.from({ length: 50 }, () => browser.send(REFRESH, { refreshToken: '' })))
    expect(new Set(answers.map(({ setCookie }) => setCookie)).size).toBe(1)
    expect(new Set(answers.map((answer) => answer.payload?.token.accessToken)).size).toBe(1)
    expect(answers[0]?.payload).toMatchObject({ user: { id: payload?.user.id }, token: { refreshToken: '' } })
    expect(browser.cookie).not.toBe(before)
    expect((await browser.send(REFRESH, { refreshToken: '' })).code).toBe('ok')
  })

  it('only the cookie counts, not the argument', async () => {
    const { token } = await registerSomebody(server)
    const visitor = new CookieBrowser(server)
    expect(await visitor.send(REFRESH, { refreshToken: token.refreshToken })).toMatchObject({ code: 'UNAUTHENTICATED' })
    const { browser, payload } = await signedIn()
    const answer = await browser.send(REFRESH, { refreshToken: token.refreshToken })
    expect(answer.payload?.user.id).toBe(payload?.user.id)
    expect((await refresh(server, token.refreshToken)).errors).toEqual([])
  })

  it('a refused refresh clears the cookie', async () => {
    const { browser } = await signedIn()
    await new CookieBrowser(server, {}).send(REFRESH, { refreshToken: browser.cookie })
    expect(await browser.send(REFRESH, { refreshToken: '' })).toMatchObject({
      code: 'UNAUTHENTICATED',
      setCookie: expired,
    })
  })

  it('a refresh that we fail at keeps it', async () => {
    const { browser } = await signedIn()
    const { prisma } = server.platform.database
    const transaction = prisma.$transaction
    Object.assign(prisma, { $transaction: () => Promise.reject(new DomainError('INTERNAL_SERVER_ERROR', 'gone')) })
    const answer = await browser.send(REFRESH, { refreshToken: '' })
    Object.assign(prisma, { $transaction: transaction })
    expect(answer).toMatchObject({ code: 'INTERNAL_SERVER_ERROR', setCookie: null })
    expect((await browser.send(REFRESH, { refreshToken: '' })).code).toBe('ok')
  })

  it('logout clears it, and it refreshes no more', async () => {
    const { browser, headers } = await signedIn()
    const kept = browser.cookie
    expect(await browser.send(LOGOUT, {}, headers)).toMatchObject({ code: 'ok', setCookie: expired })
    browser.cookie = kept
    expect((await browser.send(REFRESH, { refreshToken: '' })).code).toBe('UNAUTHENTICATED')
  })

  it('the access token is what opens everything else: the cookie opens nothing but a refresh', async () => {
    const { browser, headers } = await signedIn()
    expect((await browser.send(ME)).code).toBe('UNAUTHENTICATED')
    expect((await browser.send(LOGOUT)).code).toBe('UNAUTHENTICATED')
    expect((await browser.send(ME, {}, headers)).code).toBe('ok')
  })
})

describe('outside cookie mode', () => {
  it.each([
    ['without the header', {}],
    ['with another value in it', { 'x-auth-mode': 'Cookie' }],
    ['from a page of another site', { ...cookieMode, origin: 'https://evil.example' }],
    ['from a page without an origin of its own', { ...cookieMode, origin: 'null' }],
    ['from another port of this machine', { ...cookieMode, origin: 'http://localhost:1' }],
    ['from an origin that only begins like ours', { ...cookieMode, origin: `${APP}.evil.example` }],
  ] as const)('%s, no cookie is set, read or cleared', async (_, headers) => {
    const { browser } = await signedIn()
    const stranger = new CookieBrowser(server, headers)
    const registered = await stranger.send(REGISTER, registration())
    expect(registered).toMatchObject({ setCookie: null, payload: { token: { refreshToken: expect.any(String) } } })
    expect(registered.payload?.token.refreshToken).not.toBe('')
    stranger.cookie = browser.cookie
    expect(await stranger.send(REFRESH, { refreshToken: '' })).toMatchObject({
      code: 'UNAUTHENTICATED',
      setCookie: null,
    })
    const own = bearer(registered.payload?.token.accessToken)
    expect(await stranger.send(LOGOUT, {}, own)).toMatchObject({ code: 'ok', setCookie: null })
    expect((await browser.send(REFRESH, { refreshToken: '' })).code).toBe('ok')
  })

  it('a page of an allowed origin is inside', async () => {
    const { browser } = await signedIn()
    expect((await browser.send(REFRESH, { refreshToken: '' }, { origin: APP })).setCookie).toMatch(/^adtime_refresh=\w/)
  })

  it('a GET refreshes nothing, whatever headers it has', async () => {
    const { browser } = await signedIn()
    const url = new URL('/graphql', server.url)
    url.searchParams.set('query', 'mutation { refreshToken(refreshToken: "") { requires2fa } }')
    const headers = { ...cookieMode, 'apollo-require-preflight': 'true', cookie: `adtime_refresh=${browser.cookie}` }
    const answer = await fetch(url, { headers })
    expect([answer.status, answer.headers.get('set-cookie')]).toEqual([405, null])
    expect((await browser.send(REFRESH, { refreshToken: '' })).code).toBe('ok')
  })

  it('a socket has no cookies', async () => {
    const { browser } = await signedIn()
    const headers = { ...cookieMode, cookie: `adtime_refresh=${browser.cookie}` }
    const socket = await RawSocket.connect(server.url, null, undefined, headers)
    const { payload } = await socket.ask('refresh', { query: REFRESH, variables: { refreshToken: '' } })
    expect(JSON.stringify(payload)).toContain('UNAUTHENTICATED')
    await socket.close()
    expect((await browser.send(REFRESH, { refreshToken: '' })).code).toBe('ok')
  })
})
