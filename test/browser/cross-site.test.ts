import type { Browser, BrowserContext, Page, Request } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { freePort } from '../../src/platform/database/free-port.js'
import { LOGIN, PASSWORD, REFRESH } from '../api/auth/operations.js'
import { newAddress, refresh, registerSomebody } from '../api/auth/people.js'
import { describeBrowser } from '../testkit/browser.js'
import { startTestServer } from '../testkit/server.js'
import { openBrowser, openWindow } from './open-browser.js'
import { type PageServer, servePage } from './page-server.js'

const appPort = await freePort()
const evilPort = await freePort()
const server = await startTestServer({ env: { ALLOWED_ORIGINS: `http://localhost:${appPort}` } })
const apiUrl = `${server.platform.config.publicUrl}/graphql`
const TOKEN = 'adtime_refresh'

/** What a page can make a browser send across sites, with the victim's cookies where the browser lets it. */
const REFRESHES = JSON.stringify({ query: REFRESH, variables: { refreshToken: '' } })
const fetches: readonly (readonly [string, Record<string, unknown>])[] = [
  ['a fetch of JSON', { headers: { 'content-type': 'application/json' } }],
  ['a fetch in cookie mode', { headers: { 'content-type': 'application/json', 'x-auth-mode': 'cookie' } }],
  ['a fetch of plain text, which needs no preflight', { headers: { 'content-type': 'text/plain' } }],
  ['a fetch whose answer it may not see', { mode: 'no-cors', headers: { 'content-type': 'text/plain' } }],
]

// The API is at `localhost`. As 127.0.0.1 the same machine is another site, so SameSite keeps the cookie away; from another port the
// cookie does come along, and what we ask of requests has to be enough.
const strangers = [
  { name: 'another site', origin: `http://127.0.0.1:${evilPort}`, brings: false },
  { name: 'another origin of the same site', origin: `http://localhost:${evilPort}`, brings: true },
] as const

describeBrowser.each(strangers)('a page of $name, with the victim’s browser', ({ origin, brings }) => {
  let browser: Browser
  let pages: PageServer
  let context: BrowserContext
  let evil: Page
  let token: string
  const sent: Request[] = []

  beforeAll(async () => {
    pages = await servePage(evilPort, '<!doctype html><link rel="icon" href="data:,"><title>Page</title>')
    browser = await openBrowser()
  }, 60_000)
  beforeEach(async () => {
    token = (await registerSomebody(server)).token.refreshToken
    context = await openWindow(browser)
    const cookie = { name: TOKEN, value: token, domain: 'localhost', path: '/graphql', httpOnly: true }
    await context.addCookies([{ ...cookie, sameSite: 'Strict' }])
    sent.length = 0
    context.on('request', (request) => request.url().startsWith(apiUrl) && sent.push(request))
    evil = await context.newPage()
    await evil.goto(origin)
  })
  afterEach(async () => {
    const came = await Promise.all(sent.map(async (request) => (await request.allHeaders()).cookie?.includes(TOKEN)))
    if (!brings) expect(came).not.toContain(true)
    expect(await context.cookies(apiUrl)).toMatchObject([{ name: TOKEN, value: token }])
    // Nobody used it: its owner still can.
    expect((await refresh(server, token)).errors).toEqual([])
    await context.close()
  })
  afterAll(async () => {
    await browser.close()
    await pages.close()
  })

  const fetchFrom = (page: Page, options: object, body: string) =>
    page.evaluate(
      `fetch(${JSON.stringify(apiUrl)}, ${JSON.stringify({ method: 'POST', credentials: 'include', ...options, body })})
        .then(async (answer) => answer.type + ' ' + (await answer.text()), (error) => error.name)`,
    )

  test.each(fetches)('cannot refresh by %s', async (_, options) => {
    expect(await fetchFrom(evil, options, REFRESHES)).toMatch(/^(TypeError|opaque )$/)
  })

  test.each(fetches)('cannot sign the victim in as somebody else by %s', async (_, options) => {
    const email = newAddress()
    await registerSomebody(server, email)
    const login = JSON.stringify({ query: LOGIN, variables: { input: { email, password: PASSWORD } } })
    expect(await fetchFrom(evil, options, login)).toMatch(/^(TypeError|opaque )$/)
  })

  test.each(['application/x-www-form-urlencoded', 'multipart/form-data', 'text/plain'])(
    'cannot refresh by posting a form as %s',
    async (enctype) => {
      // As plain text a form is what stands in its one field, around an equals sign: JSON, if one wishes.
      const [name, value] = [REFRESHES.replace(/}$/, ',"x":"'), '"}']
      await evil.evaluate(`{
        const form = Object.assign(document.createElement('form'), ${JSON.stringify({ method: 'POST', action: apiUrl, enctype })})
        form.append(Object.assign(document.createElement('input'), ${JSON.stringify({ name, value })}))
        document.body.append(form)
        form.submit()
      }`)
      await evil.waitForURL(apiUrl)
      expect(await evil.textContent('body')).toMatch(/"code":"BAD_USER_INPUT"/)
      expect(sent).not.toEqual([])
    },
  )

  test('cannot refresh by GET: by a link, a picture or a fetch', async () => {
    const url = `${apiUrl}?${new URLSearchParams({ query: REFRESH, variables: '{"refreshToken":""}' })}`
    await evil.evaluate(`new Promise((resolve) => {
      const picture = Object.assign(new Image(), { onerror: resolve, src: ${JSON.stringify(url)} })
      document.body.append(picture)
    })`)
    expect(
      await evil.evaluate(`fetch(${JSON.stringify(url)}, { credentials: 'include' }).catch(({ name }) => name)`),
    ).toBe('TypeError')
    await evil.evaluate(`void (location.href = ${JSON.stringify(url)})`)
    await evil.waitForURL(url)
    expect(await evil.textContent('body')).toMatch(/"errors":\[/)
    expect(sent.length).toBeGreaterThanOrEqual(3)
    expect((await sent.at(-1)?.allHeaders())?.cookie?.includes(TOKEN) ?? false).toBe(brings)
  })
})
