import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { LOGIN, PASSWORD, REQUEST_RESET } from '../api/auth/operations.js'
import { awaitLetter, SUBJECTS } from '../api/auth/outbox.js'
import { newAddress, registerSomebody } from '../api/auth/people.js'
import { describeBrowser } from '../testkit/browser.js'
import { TestClient } from '../testkit/client.js'
import { startTestServer } from '../testkit/server.js'
import { barriersOf } from './accessibility.js'
import { complaintsOf, openBrowser, openWindow } from './open-browser.js'

const server = await startTestServer()
const { publicUrl } = server.platform.config
const NEW = 'Another-secret-2'

const linkIn = ({ text }: { readonly text: string }) => /https?:\S+/.exec(text)?.[0] ?? ''

async function verificationLink(): Promise<{ email: string; link: string }> {
  const email = newAddress()
  await registerSomebody(server, email)
  return { email, link: linkIn(await awaitLetter(server, email, SUBJECTS.welcome)) }
}

async function resetLink(): Promise<{ email: string; link: string }> {
  const email = newAddress()
  await registerSomebody(server, email)
  await new TestClient(server).get(REQUEST_RESET, { email })
  return { email, link: linkIn(await awaitLetter(server, email, SUBJECTS.reset)) }
}

describeBrowser('the pages that letters lead to, in a browser', { timeout: 60_000 }, () => {
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
  const press = (page: Page) => page.getByRole('button').click()

  test('an address is proven by pressing one button, without scripts, and the token leaves the address bar', async () => {
    const { email, link } = await verificationLink()
    const page = await open(link, { javaScriptEnabled: false })
    expect(await page.getByText(email, { exact: true }).count()).toBe(1)
    await press(page)
    expect(await heading(page)).toBe('Адрес подтверждён')
    expect(page.url()).toBe(`${publicUrl}/account/verify-email`)
    await page.goto(link)
    expect(await heading(page)).toBe('Ссылка не работает')
  })

  test('a password is set by typing it twice, without scripts', async () => {
    const { email, link } = await resetLink()
    const page = await open(link, { javaScriptEnabled: false })
    await page.getByLabel('Новый пароль', { exact: true }).fill(NEW)
    await page.getByLabel('Повторите пароль').fill(NEW)
    await press(page)
    expect(await heading(page)).toBe('Пароль изменён')
    expect(page.url()).toBe(`${publicUrl}/account/reset-password`)
    const codes = [PASSWORD, NEW].map((password) =>
      new TestClient(server).codeOf(LOGIN, { input: { email, password } }),
    )
    expect(await Promise.all(codes)).toEqual(['UNAUTHENTICATED', 'ok'])
  })

  test('what is wrong stands beside its field, in words, and nothing is used up', async () => {
    const { link } = await resetLink()
    const page = await open(link)
    const [password, repeated] = [page.getByLabel('Новый пароль', { exact: true }), page.getByLabel('Повторите пароль')]
    await password.fill('короткий')
    await repeated.fill('короткий')
    await press(page)
    expect(await page.getByText('хотя бы одна заглавная буква').count()).toBe(1)
    expect(await page.getByText('хотя бы одна цифра').count()).toBe(1)
    expect(await page.getByText('не меньше 8 символов').count()).toBe(0)
    expect(await password.getAttribute('aria-invalid')).toBe('true')
    expect(await page.evaluate('document.activeElement.id')).toBe('password')
    expect(await password.getAttribute('aria-describedby')).toBe('password-error password-note')
    expect(await password.inputValue()).toBe('')
    expect(await barriersOf(page)).toEqual([])
    await password.fill(NEW)
    await repeated.fill(`${NEW}!`)
    await press(page)
    expect(await page.getByText('Пароли не совпали.').count()).toBe(1)
    expect(await repeated.getAttribute('aria-invalid')).toBe('true')
    expect(await barriersOf(page)).toEqual([])
    await password.fill('Password1!')
    await repeated.fill('Password1!')
    await press(page)
    expect(await page.getByText('не из самых распространённых').count()).toBe(1)
    await password.fill(NEW)
    await repeated.fill(NEW)
    await press(page)
    expect(await heading(page)).toBe('Пароль изменён')
  })

  test('they are used with the keyboard alone, and show where the keyboard is', async () => {
    const { link } = await resetLink()
    const page = await open(link)
    const stops: string[] = []
    for (let stop = 0; stop < 4; stop++) {
      await page.keyboard.press('Tab')
      stops.push(
        await page.evaluate<string>(
          `(document.activeElement.id || document.activeElement.textContent) + ' ' + getComputedStyle(document.activeElement).outlineWidth`,
        ),
      )
    }
    expect(stops).toEqual(['email 3px', 'password 3px', 'repeated 3px', 'Сохранить пароль 3px'])
    await page.getByLabel('Новый пароль', { exact: true }).focus()
    await page.keyboard.type(NEW)
    await page.keyboard.press('Tab')
    await page.keyboard.type(NEW)
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: 'Пароль изменён' }).waitFor()
  })

  test.each(['light', 'dark'] as const)(
    'they have no barriers in %s colours, nor have those after them',
    async (colorScheme) => {
      const [verification, reset] = [await verificationLink(), await resetLink()]
      const page = await open(verification.link, { colorScheme })
      const complaints = complaintsOf(page.context(), publicUrl)
      expect(await page.evaluate('document.documentElement.lang')).toBe('ru')
      expect(await page.getByRole('main').count()).toBe(1)
      for (const link of [verification.link, reset.link, `${reset.link}x`]) {
        await page.goto(link)
        expect(await barriersOf(page)).toEqual([])
      }
      await page.goto(verification.link)
      await press(page)
      expect(await barriersOf(page)).toEqual([])
      expect(complaints).toEqual({ foreign: [], errors: [expect.stringContaining('410')] })
    },
  )

  test('they fit a small telephone', async () => {
    const [verification, reset] = [await verificationLink(), await resetLink()]
    for (const { link } of [verification, reset]) {
      const page = await open(link, { viewport: { width: 320, height: 640 } })
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(320)
    }
  })
})
