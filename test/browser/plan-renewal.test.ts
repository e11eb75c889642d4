import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { actAtCheckout } from '../api/payments/sandbox-hands.js'
import { agePlan } from '../api/plans/age-plan.js'
import { SUBSCRIBE } from '../api/plans/plan-desk.js'
import { openAccount, type TestAccount } from '../testkit/account.js'
import { describeBrowser } from '../testkit/browser.js'
import { startTestServer } from '../testkit/server.js'
import { barriersOf } from './accessibility.js'
import { complaintsOf, openBrowser, openWindow } from './open-browser.js'

const server = await startTestServer()
const { publicUrl } = server.platform.config
const { prisma } = server.platform.database

const soon = { timeout: 30_000, interval: 40 }

/** Somebody with PRO for two more days, and the address in the letter about it. */
async function endsSoon(): Promise<{ account: TestAccount; link: string }> {
  const account = await openAccount(server)
  const { subscribeToPlan } = await account.client.get<{ subscribeToPlan: { confirmationUrl: string } }>(SUBSCRIBE, {
    tier: 'PRO',
  })
  await actAtCheckout(subscribeToPlan, 'pay')
  const tier = async () => (await prisma.planSubscription.findUnique({ where: { userId: account.id } }))?.tier
  await expect.poll(tier, soon).toBe('PRO')
  await agePlan(prisma, account.id, 28)
  await prisma.$executeRaw`select graphile_worker.add_job('keep-plans', '{}'::json)`
  const { email } = await prisma.user.findUniqueOrThrow({ where: { id: account.id } })
  const link = async () => {
    const letter = await prisma.developmentMessage.findFirst({
      where: { to: email ?? '', subject: { contains: 'ариф' } },
    })
    return /https?:\S+/.exec(letter?.text ?? '')?.[0]
  }
  await expect.poll(link, soon).toBeDefined()
  return { account, link: (await link()) ?? '' }
}

describeBrowser('the page where a plan is renewed, in a browser', { timeout: 90_000 }, () => {
  let browser: Browser

  beforeAll(async () => {
    browser = await openBrowser()
  }, 60_000)
  afterEach(() => Promise.all(browser.contexts().map((context) => context.close())))
  afterAll(() => browser.close())

  async function open(link: string, options: Parameters<typeof openWindow>[1] = {}): Promise<Page> {
    const page = await (await openWindow(browser, options)).newPage()
    await page.goto(link)
    return page
  }
  const heading = (page: Page) => page.getByRole('heading', { level: 1 }).textContent()
  const press = (page: Page, name: string | RegExp) => page.getByRole('button', { name }).click()
  async function backOnceRenewed(page: Page): Promise<void> {
    await page.getByRole('link', { name: 'Back to the shop' }).click()
    await expect
      .poll(async () => {
        await page.reload()
        return heading(page)
      }, soon)
      .toBe('Тариф продлён')
  }

  test('leads to the payment and back to what it bought, without scripts, and the token leaves the address bar', async () => {
    const { account, link } = await endsSoon()
    const page = await open(link, { javaScriptEnabled: false })
    expect(await heading(page)).toBe('Продлить тариф «Профи»')
    await press(page, 'Перейти к оплате')
    expect(page.url()).toContain(`${publicUrl}/sandbox/checkout/`)
    await press(page, /^Pay 990/)
    await backOnceRenewed(page)
    expect(page.url()).toContain(`${publicUrl}/plans/renewed?`)
    const { paidUntil } = await prisma.planSubscription.findUniqueOrThrow({ where: { userId: account.id } })
    expect(paidUntil?.getTime()).toBeGreaterThan(Date.now() + 31 * 86_400_000)
    expect(await page.getByText(/«Профи» оплачен до \d+ \S+ \d{4}\. /).count()).toBe(1)
    await page.goto(link)
    expect(await heading(page)).toBe('Тариф продлён')
  })

  test('is used with the keyboard alone, and shows where the keyboard is', async () => {
    const { link } = await endsSoon()
    const page = await open(link)
    await page.keyboard.press('Tab')
    expect(
      await page.evaluate(
        `document.activeElement.textContent + ' ' + getComputedStyle(document.activeElement).outlineWidth`,
      ),
    ).toBe('Перейти к оплате 3px')
    await page.keyboard.press('Enter')
    await page.waitForURL(`${publicUrl}/sandbox/checkout/**`)
  })

  test('says so when nothing was paid, and can be used again', async () => {
    const { account, link } = await endsSoon()
    const page = await open(link)
    await press(page, 'Перейти к оплате')
    const payment = await prisma.payment.findFirstOrThrow({ where: { userId: account.id }, orderBy: { id: 'desc' } })
    await page.goto(payment.returnUrl ?? '')
    expect(await heading(page)).toBe('Ждём подтверждения оплаты')
    expect(await barriersOf(page)).toEqual([])
    await actAtCheckout(payment, 'decline')
    const reloaded = async () => {
      await page
        .getByRole('link', { name: 'Проверить ещё раз' })
        .click({ timeout: 1_000 })
        .catch(() => undefined)
      return heading(page)
    }
    await expect.poll(reloaded, soon).toBe('Оплата не прошла')
    await page.goto(link)
    expect(await heading(page)).toBe('Продлить тариф «Профи»')
  })

  test.each(['light', 'dark'] as const)(
    'has no barriers in %s colours, nor have the pages after it',
    async (colorScheme) => {
      const { account, link } = await endsSoon()
      const page = await open(link, { colorScheme })
      const complaints = complaintsOf(page.context(), publicUrl)
      expect(await page.evaluate('document.documentElement.lang')).toBe('ru')
      expect(await page.getByRole('main').count()).toBe(1)
      expect(await barriersOf(page)).toEqual([])
      await press(page, 'Перейти к оплате')
      await press(page, /^Pay 990/)
      await backOnceRenewed(page)
      expect(await barriersOf(page)).toEqual([])
      await page.goto(`${link}x`)
      expect(await heading(page)).toBe('Ссылка не работает')
      expect(await barriersOf(page)).toEqual([])
      await account.client.get('mutation CancelRenewed { cancelPlan { status } }')
      await agePlan(prisma, account.id, 40)
      await page.goto(link)
      expect(await heading(page)).toBe('Продлевать нечего')
      expect(await barriersOf(page)).toEqual([])
      expect(complaints.foreign).toEqual([])
    },
  )

  test('fits a small telephone', async () => {
    const { link } = await endsSoon()
    const page = await open(link, { viewport: { width: 320, height: 640 } })
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(320)
  })
})
