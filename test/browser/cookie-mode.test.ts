import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { freePort } from '../../src/platform/database/free-port.js'
import { PASSWORD } from '../api/auth/operations.js'
import { newAddress, registerSomebody } from '../api/auth/people.js'
import { describeBrowser } from '../testkit/browser.js'
import { startTestServer } from '../testkit/server.js'
import { openBrowser, openWindow } from './open-browser.js'
import { type PageServer, pageOf, servePage } from './page-server.js'

const appPort = await freePort()
const origin = `http://localhost:${appPort}`
const server = await startTestServer({ env: { ALLOWED_ORIGINS: origin } })
const apiUrl = `${server.platform.config.publicUrl}/graphql`

describeBrowser('an app in cookie mode, with Apollo Client in a browser', () => {
  const email = newAddress()
  let browser: Browser
  let pages: PageServer
  let context: BrowserContext
  let page: Page

  beforeAll(async () => {
    await registerSomebody(server, email)
    pages = await servePage(appPort, await pageOf('./cookie-client.ts', 'spa', { apiUrl }))
    browser = await openBrowser()
    context = await openWindow(browser)
    page = await context.newPage()
    await page.goto(origin)
  }, 60_000)
  afterAll(async () => {
    await browser.close()
    await pages.close()
  })

  const run = (call: string) => page.evaluate<unknown>(`spa.app.${call}`)
  const cookies = () => context.cookies(apiUrl)
  const inReach = () =>
    page.evaluate<string>('document.cookie + JSON.stringify({ ...localStorage, ...sessionStorage })')

  test('signs in, and no script can see the refresh token', async () => {
    const answer = await run(`login(${JSON.stringify(email)}, ${JSON.stringify(PASSWORD)})`)
    expect(answer).toMatchObject({ user: { email }, token: { accessToken: expect.any(String), refreshToken: '' } })
    expect(await run('me()')).toBe(email)
    expect(await inReach()).toBe('{}')
    const [cookie, ...others] = await cookies()
    expect(others).toEqual([])
    expect(cookie).toMatchObject({
      name: 'adtime_refresh',
      value: expect.stringMatching(/^[\w-]{43}$/),
      domain: 'localhost',
      path: '/graphql',
      httpOnly: true,
      secure: false,
      sameSite: 'Strict',
    })
    const days = ((cookie?.expires ?? 0) - Date.now() / 1_000) / 86_400
    expect(days).toBeGreaterThan(6.99)
    expect(days).toBeLessThanOrEqual(7.01)
  })

  test('knows nobody after a reload, until it refreshes by the cookie', async () => {
    const [before] = await cookies()
    await page.reload()
    expect(await run('me()')).toBe('UNAUTHENTICATED')
    expect(await run('refresh()')).toMatchObject({ user: { email }, token: { refreshToken: '' } })
    expect(await run('me()')).toBe(email)
    const [after] = await cookies()
    expect(after?.value).toMatch(/^[\w-]{43}$/)
    expect(after?.value).not.toBe(before?.value)
  })

  test('in two tabs that reload at once goes on in both', async () => {
    const other = await context.newPage()
    await Promise.all([other.goto(origin), page.reload()])
    const both = await Promise.all([page, other].map((tab) => tab.evaluate<unknown>('spa.app.refresh()')))
    for (const answer of both) expect(answer).toMatchObject({ user: { email } })
    for (const tab of [page, other]) expect(await tab.evaluate('spa.app.me()')).toBe(email)
    await other.close()
    expect(await run('refresh()')).toMatchObject({ user: { email } })
  })

  test('logs out, and cannot refresh any more', async () => {
    const [kept] = await cookies()
    expect(await run('logout()')).toEqual({ logout: true })
    expect(await cookies()).toEqual([])
    expect([await run('refresh()'), await run('me()')]).toEqual(['UNAUTHENTICATED', 'UNAUTHENTICATED'])
    if (kept) await context.addCookies([kept])
    await page.reload()
    expect(await run('refresh()')).toBe('UNAUTHENTICATED')
    expect(await cookies()).toEqual([])
  })
})
