import { formatMoney, money } from '../../../src/kernel/money.js'
import { Html, html } from '../../../src/platform/http/html.js'
import type { Answer, Call } from '../simulator-server.js'
import { minorUnits, type Payment } from './yookassa-objects.js'
import type { YooKassaPayments } from './yookassa-payments.js'

const PATH = /^\/checkout\/([\w-]+)$/

export const confirmationPath = (id: string): string => `/checkout/${id}`

/** The page behind a payment's `confirmation_url`, for a browser: Pay, Decline, Pay later, as the sandbox has them. */
export function confirmationPage(payments: YooKassaPayments, { method, url, body }: Call): Answer {
  const id = PATH.exec(url.pathname)?.[1] ?? ''
  if (!payments.all.has(id))
    return { status: 404, body: page('No such payment', html`<p>This payment is unknown.</p>`) }
  const before = payments.read(id)
  if (method === 'POST' && before.status === 'pending') {
    const action = new URLSearchParams(body).get('action')
    if (action === 'pay') payments.pay(id)
    if (action === 'decline') payments.decline(id)
    if (action === 'later') return { status: 200, body: page('Not paid yet', back(before)) }
  }
  const payment = payments.read(id)
  if (payment.status === 'pending') return { status: 200, body: form(payment) }
  const title = payment.status === 'canceled' ? 'Not paid' : 'Paid'
  return { status: 200, body: page(title, back(payment)) }
}

function form(payment: Payment): string {
  const amount = formatMoney(money(BigInt(minorUnits(payment.amount))), 'ru-RU')
  return page(
    'To pay',
    html`<p>${amount}</p>
<p>${payment.description ?? ''}</p>
<form method="post" action="${confirmationPath(payment.id)}">
<button name="action" value="pay">Pay ${amount}</button>
<button name="action" value="decline">Decline</button>
<button name="action" value="later">Pay later</button>
</form>`,
  )
}

const back = ({ confirmation }: Payment): Html =>
  confirmation ? html`<p><a href="${confirmation.return_url}">Back to the shop</a></p>` : new Html('')

const page = (title: string, body: Html): string =>
  html`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>${title} · YooKassa, simulated</title></head>
<body><main><h1>${title}</h1>${body}</main></body></html>
`.text
