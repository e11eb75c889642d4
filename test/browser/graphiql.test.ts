import type { Browser, BrowserContext } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { describeBrowser } from '../testkit/browser.js'
import { SEEDING_LIMIT_MS, seedDemoInto } from '../testkit/seed-demo-into.js'
import { startTestServer } from '../testkit/server.js'
import { GraphiqlWindow } from './graphiql-window.js'
import { type Complaints, complaintsOf, openBrowser, openWindow } from './open-browser.js'

const server = await startTestServer()
const { publicUrl } = server.platform.config

describeBrowser('GraphiQL in a browser', () => {
  let browser: Browser
  let context: BrowserContext
  let complaints: Complaints
  let graphiql: GraphiqlWindow

  beforeAll(async () => {
    await seedDemoInto(server)
    browser = await openBrowser()
    context = await openWindow(browser)
    complaints = complaintsOf(context, publicUrl)
  }, SEEDING_LIMIT_MS)
  afterAll(() => browser.close())

  test('is a click away from the home page, and has an editor for headers', async () => {
    const page = await context.newPage()
    await page.goto(publicUrl)
    await page.getByRole('link', { name: 'Open GraphiQL' }).click()
    await page.waitForURL('**/graphiql')
    graphiql = new GraphiqlWindow(page)
    await graphiql.choose('Draw')
    await graphiql.until('Headers', /"authorization":"Bearer\{\{customer\.token\.accessToken\}\}"/)
  }, 60_000)

  test('a tab that is run too early says what it waits for, queries and subscriptions alike', async () => {
    await graphiql.run('Draw', /Runthetabsbeforethisonefirst:itneeds\{\{customer\.token\.accessToken\}\}/)
    await graphiql.run('Watch', /Runthetabsbeforethisonefirst:itneeds\{\{createGeneration\.id\}\}/)
  }, 60_000)

  test('draws a picture, and shows it being drawn', async () => {
    await graphiql.run('SignIn', /"displayName":"АннаСмирнова"/)
    await graphiql.run('Draw', /"status":"PENDING"/)
    await graphiql.run('Watch', /"status":"COMPLETED","progress":1,"images":\[\{"url":"http/)
    const picture = await graphiql.followLink()
    await picture.waitForURL('**/assets/**')
    expect(await picture.evaluate('document.images[0].naturalWidth')).toBe(1_024)
    await picture.close()
  }, 90_000)

  test('orders it, and pays on the page that the answer links to', async () => {
    await graphiql.run('Order', /"number":"AT-.*"total":\{"amount":220000,"currency":"RUB"/)
    await graphiql.run('Pay', /"confirmationUrl":"http[^"]*","expiresAt"/)
    const checkout = await graphiql.followLink()
    await checkout.getByRole('button', { name: /^Pay \d/ }).click()
    await checkout.getByRole('heading', { name: 'Paid', exact: true }).waitFor()
    await checkout.close()
  }, 90_000)

  test('shows every event of the order as it happens', async () => {
    await graphiql.run('Follow', /"type":"FACTORY_ASSIGNED".*"status":"PRODUCTION","factory":\{"name":"Печатныйдвор"/)
    const other = await graphiql.duplicate()
    await other.run('MyOrder', /"status":"PRODUCTION"/)
    await other.run('Produce', /"shipOrder":\{"status":"SHIPPED","trackingNumber":"RA123456789RU"/)
    await graphiql.until('Result Window', /"type":"TRACKING_ADDED".*"toStatus":"SHIPPED"/)
    await other.page.close()
  }, 120_000)

  test('talks, receives, reviews, visits the marketplace, and fills a cart', async () => {
    await graphiql.run('Say', /"senderRole":"CUSTOMER"/)
    await graphiql.run('Receive', /"status":"COMPLETED".*"rating":5/)
    await graphiql.run('Marketplace', /"totalCount":\d+,"nodes":\[\{"id":"[\w-]+","title":/)
    await graphiql.run('Cart', /"priceChanged":false,"isAvailable":true\}\],"itemCount":2/)
  }, 90_000)

  test('serves the order desk', async () => {
    await graphiql.run('SignInDesk', /"role":"MANAGER"/)
    await graphiql.run('Desk', /"totalCount":\d+,"nodes":\[\{"id":"[\w-]+","number":"AT-/)
    await graphiql.run('Deadline', /"type":"DEADLINE_CHANGED"/)
  }, 90_000)

  test('shows where the account is signed in, begins a second factor, a guest and a sign-in by phone', async () => {
    await graphiql.run('Sessions', /"twoFactorEnabled":false\},"sessions":\[\{"id":"[^"]*","isCurrent":true/)
    await graphiql.run('Enroll', /"otpauthUrl":"otpauth:\/\/totp\/AdTime/)
    await graphiql.run('Guest', /"isGuest":true,"planSubscription":\{"remainingGenerations":1\}/)
    await graphiql.run('Phone', /"startPhoneLogin":true/)
    const outbox = await context.newPage()
    await outbox.goto(`${publicUrl}/dev/outbox`)
    expect(await outbox.locator('article').first().innerText()).toMatch(/\+79991234567[\s\S]*\b\d{6}\b/)
    await outbox.close()
  }, 90_000)

  test('asked nothing of anybody but the server, and complained about nothing', () => {
    expect(complaints).toEqual({ foreign: [], errors: [] })
  })
})
