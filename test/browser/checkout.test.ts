import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { PAY } from '../api/orders/operations.js'
import { openOrderDesk } from '../api/orders/order-desk.js'
import { describeBrowser } from '../testkit/browser.js'
import { barriersOf } from './accessibility.js'
import { openBrowser, openWindow } from './open-browser.js'

const desk = await openOrderDesk()
const { publicUrl } = desk.server.platform.config

describeBrowser('the checkout page in a browser', () => {
  let browser: Browser

  beforeAll(async () => {
    browser = await openBrowser()
  }, 60_000)
  afterEach(() => Promise.all(browser.contexts().map((context) => context.close())))
  afterAll(() => browser.close())

  async function open(options: Parameters<typeof openWindow>[1] = {}): Promise<{ page: Page; orderId: string }> {
    const { id: orderId } = await desk.place()
    const input = { orderId, provider: 'SANDBOX', returnUrl: `${publicUrl}/` }
    const { payOrder } = await desk.customer.client.get<{ payOrder: { confirmationUrl: string } }>(PAY, { input })
    const page = await (await openWindow(browser, options)).newPage()
    await page.goto(payOrder.confirmationUrl)
    return { page, orderId }
  }

  const heading = (page: Page) => page.getByRole('heading', { level: 1 }).textContent()
  const press = (page: Page, name: RegExp) => page.getByRole('button', { name }).click()

  test('pays without scripts, and leads back', async () => {
    const { page, orderId } = await open({ javaScriptEnabled: false })
    await press(page, /^Pay 1/)
    expect(await heading(page)).toBe('Paid')
    await desk.until(orderId, ({ payments }) => payments[0]?.status === 'SUCCEEDED')
    await page.getByRole('link', { name: 'Back to the shop' }).click()
    await page.waitForURL(`${publicUrl}/`)
  }, 60_000)

  test('is used with the keyboard alone, and shows where the keyboard is', async () => {
    const { page, orderId } = await open()
    const stops: string[] = []
    for (let stop = 0; stop < 4; stop++) {
      await page.keyboard.press('Tab')
      stops.push(
        await page.evaluate<string>(
          `document.activeElement.value + ' ' + getComputedStyle(document.activeElement).outlineWidth`,
        ),
      )
    }
    expect(stops).toEqual(['pay 3px', 'decline 3px', 'later 3px', '1 3px'])
    for (let back = 0; back < 3; back++) await page.keyboard.press('Shift+Tab')
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: 'Paid', exact: true }).waitFor()
    await desk.until(orderId, ({ payments }) => payments[0]?.status === 'SUCCEEDED')
  }, 60_000)

  test('declined, it says so, and the order can still be paid', async () => {
    const { page, orderId } = await open()
    await press(page, /^Decline$/)
    expect(await heading(page)).toBe('Not paid')
    await desk.until(orderId, ({ status, payments }) => status === 'CREATED' && payments[0]?.status === 'CANCELED')
  }, 60_000)

  test('put off, it waits, and can be paid on coming back', async () => {
    const { page, orderId } = await open()
    await press(page, /^Pay later$/)
    expect(await heading(page)).toBe('Not paid yet')
    expect((await desk.see(orderId)).payments).toMatchObject([{ status: 'PENDING' }])
    await page.goto(page.url())
    await page.getByRole('spinbutton', { name: 'Copies of the webhook' }).fill('3')
    await press(page, /^Pay 1/)
    await desk.until(orderId, ({ payments }) => payments[0]?.status === 'SUCCEEDED')
  }, 60_000)

  test.each(['light', 'dark'] as const)(
    'has no barriers in %s colours, nor have the pages after it',
    async (colorScheme) => {
      const { page } = await open({ colorScheme })
      expect(await page.getByRole('main').count()).toBe(1)
      expect(await page.getByRole('group', { name: 'For testing' }).count()).toBe(1)
      expect(await barriersOf(page)).toEqual([])
      await press(page, /^Pay later$/)
      expect(await barriersOf(page)).toEqual([])
      await page.goto(page.url())
      await press(page, /^Pay 1/)
      expect(await barriersOf(page)).toEqual([])
      await page.goto(`${page.url()}x`)
      expect(await heading(page)).toBe('No such payment')
      expect(await barriersOf(page)).toEqual([])
      await page.goto(publicUrl)
      expect(await barriersOf(page)).toEqual([])
    },
    60_000,
  )

  test('fits a small telephone', async () => {
    const { page } = await open({ viewport: { width: 320, height: 640 } })
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(320)
  }, 60_000)
})
