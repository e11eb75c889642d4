import { describe, expect, it } from 'vitest'
import { openPaymentShop } from './payment-shop.js'
import { actAtCheckout } from './sandbox-hands.js'

let offset = 0
const shop = await openPaymentShop({ withWorker: false, clock: { now: () => new Date(Date.now() + offset) } })
const customer = await shop.openAccount()
const { prisma } = shop.platform.database

const open = async (returnUrl?: string) => {
  const order = await shop.placeOrder(customer)
  return shop.pay(customer, order, { description: `Order <${order.number}> & more`, ...(returnUrl && { returnUrl }) })
}

const get = async (url: string | null) => {
  const response = await fetch(url ?? '')
  return { status: response.status, headers: response.headers, page: await response.text() }
}

const booksOf = (id: string | null) => prisma.sandboxPayment.findUniqueOrThrow({ where: { id: id ?? '' } })
const webhooks = async () =>
  (await prisma.$queryRaw<unknown[]>`select id from graphile_worker.jobs where task_identifier = 'sandbox.webhook'`)
    .length

describe("the sandbox's checkout page", () => {
  it('shows amount and purpose, escaped, and one form that works without scripts', async () => {
    const payment = await open()
    const { status, headers, page } = await get(payment.confirmationUrl)
    expect(status).toBe(200)
    expect(headers.get('content-type')).toContain('text/html')
    expect(page).toContain('2\u00a0200,00\u00a0₽')
    expect(page).toMatch(/Order &lt;AT-TEST-[^<]*&gt; &amp; more/)
    expect(page.match(/<form /g)).toHaveLength(1)
    expect(page).toContain('<form method="post"')
    for (const action of ['pay', 'decline', 'later']) expect(page).toContain(`name="action" value="${action}"`)
    expect(page).toMatch(/<input [^>]*name="copies" type="number"[^>]*min="1" max="10"[^>]*value="1"/)
    expect(page).not.toMatch(/<script|javascript:|<img|<link|onclick/i)
  })

  it('forbids itself scripts, frames and anything from elsewhere, and is neither cached nor told to others', async () => {
    const { headers } = await get((await open()).confirmationUrl)
    const policy = headers.get('content-security-policy') ?? ''
    expect(policy).toContain("default-src 'none'")
    expect(policy).toMatch(/style-src 'sha256-[^']+'/)
    expect(policy).toContain("frame-ancestors 'none'")
    expect(policy).toContain("form-action 'self'")
    expect(headers.get('cache-control')).toBe('no-store')
    expect(headers.get('referrer-policy')).toBe('no-referrer')
  })

  it('is not found without its token, under a changed one, and for ids that nobody was given', async () => {
    const { confirmationUrl, providerPaymentId } = await open()
    const other = await open()
    const url = confirmationUrl ?? ''
    const base = url.slice(0, url.lastIndexOf('/'))
    const token = url.slice(url.lastIndexOf('/') + 1)
    expect((await get(`${base}/${token.startsWith('A') ? 'B' : 'A'}${token.slice(1)}`)).status).toBe(404)
    expect((await get(`${base.replace(providerPaymentId ?? '', other.providerPaymentId ?? '')}/${token}`)).status).toBe(
      404,
    )
    expect((await get(`${base}/`)).status).toBe(404)
    expect((await get(`${base.replace(providerPaymentId ?? '', 'x')}/y`)).status).toBe(404)
    expect((await actAtCheckout({ confirmationUrl: `${base}/AAAAAAAAAAAAAAAAAAAAAA` }, 'pay')).status).toBe(404)
  })

  it('"later" changes nothing and sends nothing', async () => {
    const payment = await open('https://shop.example/back?a=1&b=2')
    const before = await webhooks()
    const { status, page } = await actAtCheckout(payment, 'later')
    expect(status).toBe(200)
    expect(page).toContain('href="https://shop.example/back?a=1&amp;b=2"')
    expect((await booksOf(payment.providerPaymentId)).status).toBe('PENDING')
    expect(await webhooks()).toBe(before)
  })

  it('"pay" pays once, sends as many webhooks as asked for, and leads back', async () => {
    const payment = await open('https://shop.example/back')
    const before = await webhooks()
    const pages = await Promise.all([1, 2, 3].map(() => actAtCheckout(payment, 'pay', 4)))
    expect(pages.map(({ status }) => status)).toEqual([200, 200, 200])
    expect(pages[0]?.page).toContain('href="https://shop.example/back"')
    expect((await booksOf(payment.providerPaymentId)).status).toBe('SUCCEEDED')
    expect(await webhooks()).toBe(before + 4)
    await actAtCheckout(payment, 'decline')
    expect((await booksOf(payment.providerPaymentId)).status).toBe('SUCCEEDED')
    const { page } = await get(payment.confirmationUrl)
    expect(page).toContain('Paid')
    expect(page).not.toContain('<form')
  })

  it('offers no way back to what is no web address', async () => {
    const payment = await open()
    await prisma.sandboxPayment.update({
      where: { id: payment.providerPaymentId ?? '' },
      data: { returnUrl: 'javascript:alert(1)' },
    })
    const { page } = await actAtCheckout(payment, 'pay')
    expect(page).not.toContain('href')
  })

  it('delays its webhooks, fails their first tries and sends old news after them, as told', async () => {
    const payment = await open()
    const form = new URLSearchParams({ action: 'pay', copies: '2', delay: '60', failures: '3', stale: 'yes' })
    await fetch(payment.confirmationUrl ?? '', { method: 'POST', body: form })
    const jobs = await prisma.$queryRaw<{ type: string; failures: number; wait: number }[]>`
      select payload->'event'->>'type' as type, (payload->>'failures')::int as failures,
        extract(epoch from run_at - created_at)::float8 as wait
      from graphile_worker._private_jobs where payload->'event'->'object'->>'id' = ${payment.providerPaymentId}
      order by run_at`
    const { type, failures } = { type: 'payment.succeeded', failures: 3 }
    const old = { type: 'payment.pending', failures }
    expect(jobs).toMatchObject([{ type, failures }, { type, failures }, old, old])
    expect(jobs[0]?.wait).toBeGreaterThan(55)
  })

  it.each(['delay', 'failures'])('a %s beyond its bounds is refused, with the form again', async (name) => {
    const payment = await open()
    const form = new URLSearchParams({ action: 'pay', [name]: '601' })
    const response = await fetch(payment.confirmationUrl ?? '', { method: 'POST', body: form })
    expect(response.status).toBe(400)
    expect(await response.text()).toContain('role="alert"')
    expect((await booksOf(payment.providerPaymentId)).status).toBe('PENDING')
  })

  it.each(['0', '11', '1.5', 'many', '-1'])('%s copies are refused, with the form again', async (copies) => {
    const payment = await open()
    const { status, page } = await actAtCheckout(payment, 'pay', copies)
    expect(status).toBe(400)
    expect(page).toContain('role="alert"')
    expect((await booksOf(payment.providerPaymentId)).status).toBe('PENDING')
  })

  it('an unknown action is refused, with the form again', async () => {
    const payment = await open()
    expect(await actAtCheckout(payment, 'steal')).toMatchObject({ status: 400, page: expect.stringContaining('<form') })
  })

  it('after half an hour shows no form and takes no money', async () => {
    const payment = await open()
    offset = 31 * 60_000
    expect((await get(payment.confirmationUrl)).page).not.toContain('<form')
    await actAtCheckout(payment, 'pay')
    expect((await booksOf(payment.providerPaymentId)).status).toBe('PENDING')
    offset = 0
  })
})
