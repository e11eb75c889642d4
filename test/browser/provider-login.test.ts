import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { broughtBy, envFor, START_PROVIDER_LOGIN } from '../api/auth/provider-desk.js'
import { startOpenIdProvider } from '../simulators/openid-provider.js'
import { Visitor } from '../simulators/visitor.js'
import { describeBrowser } from '../testkit/browser.js'
import { TestClient } from '../testkit/client.js'
import { startTestServer } from '../testkit/server.js'
import { complaintsOf, openBrowser, openWindow } from './open-browser.js'
import { startProviderApp } from './provider-app.js'

let api = ''
const app = await startProviderApp(() => api)
const pageUri = `${app}/signed-in`
const provider = await startOpenIdProvider([pageUri])
const server = await startTestServer({ env: { ALLOWED_ORIGINS: app, ...envFor(provider.issuer) } })
api = `${server.platform.config.publicUrl}/graphql`
provider.people.set('anna', { email: 'anna@example.com', email_verified: true, name: 'Анна' })

describeBrowser('signing in through a provider in a browser', () => {
  let browser: Browser

  beforeAll(async () => {
    browser = await openBrowser()
  }, 60_000)
  afterEach(() => Promise.all(browser.contexts().map((context) => context.close())))
  afterAll(() => browser.close())

  const shown = async (page: Page, text: RegExp) => {
    const status = page.getByRole('status').filter({ hasText: text })
    await status.waitFor()
    return status.textContent()
  }
  const cookiesOf = async (page: Page) => (await page.context().cookies(api)).map(({ name }) => name)
  const press = (page: Page, name: string) => page.getByRole('button', { name }).click()

  test('goes there and back, with cookies that no script sees', async () => {
    const window = await openWindow(browser)
    const { errors } = complaintsOf(window, app)
    const page = await window.newPage()
    await page.goto(app)
    await press(page, 'Sign in with Google')
    await page.getByRole('heading', { name: 'login' }).waitFor()
    expect(new URL(page.url()).origin).toBe(provider.issuer)
    expect(await cookiesOf(page)).toEqual([expect.stringMatching(/^adtime_visit_/)])
    await page.getByLabel('Login').fill('anna')
    await press(page, 'Continue')
    await page.getByRole('heading', { name: 'consent' }).waitFor()
    await press(page, 'Continue')
    expect(await shown(page, /@/)).toBe('Анна, anna@example.com, {"refreshToken":""}')
    expect(await cookiesOf(page)).toEqual(['adtime_refresh'])
    expect(await page.evaluate('document.cookie')).toBe('')
    expect(errors).toEqual([])
  }, 60_000)

  test('changes its mind, and is told', async () => {
    const page = await (await openWindow(browser)).newPage()
    await page.goto(app)
    await press(page, 'Sign in with Google')
    await press(page, 'Cancel')
    expect(await shown(page, /./)).toBe('UNAUTHENTICATED')
  }, 60_000)

  test('a link to somebody else’s visit signs nobody in', async () => {
    const stranger = new TestClient(server)
    const { startProviderLogin } = await stranger.get<{ startProviderLogin: string }>(START_PROVIDER_LOGIN, {
      provider: 'GOOGLE',
      redirectUri: pageUri,
    })
    const trap = await new Visitor().visit(startProviderLogin, pageUri, 'anna')
    expect(broughtBy(trap).code).not.toBe('')
    const page = await (await openWindow(browser)).newPage()
    await page.goto(trap.href)
    expect(await shown(page, /./)).toBe('UNAUTHENTICATED')
    expect(await cookiesOf(page)).toEqual([])
  }, 60_000)
})
