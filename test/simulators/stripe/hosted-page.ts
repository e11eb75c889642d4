import { formatMoney, money } from '../../../src/kernel/money.js'
import { Html, html } from '../../../src/platform/http/html.js'
import type { Answer, Call } from '../simulator-server.js'
import type { Session } from './stripe-objects.js'
import type { StripeSessions } from './stripe-sessions.js'

const PATH = /^\/c\/pay\/([\w-]+)$/

/** The page behind a session's `url`, for a browser: Pay, Decline, Pay later, as the sandbox has them. */
export function hostedPage(sessions: StripeSessions, { method, url, body }: Call): Answer {
  const id = PATH.exec(url.pathname)?.[1] ?? ''
  if (!sessions.all.has(id)) return { status: 404, body: page('No such page', html`<p>This session is unknown.</p>`) }
  if (method === 'POST' && sessions.read(id).status === 'open') {
    const action = new URLSearchParams(body).get('action')
    if (action === 'pay') sessions.pay(id)
    if (action === 'decline') sessions.decline(id)
    if (action === 'later') return { status: 200, body: page('Not paid yet', back(sessions.read(id).cancel_url)) }
    if (action === 'decline') return { status: 200, body: form(sessions.read(id), 'Your card was declined.') }
  }
  const session = sessions.read(id)
  if (session.status === 'open') return { status: 200, body: form(session) }
  if (session.status === 'expired') return { status: 200, body: page('Too late', back(session.cancel_url)) }
  return { status: 200, body: page('Paid', back(session.success_url)) }
}

function form(session: Session, problem: string | null = null): string {
  const currency = (session.currency ?? 'usd').toUpperCase() as 'USD' | 'EUR' | 'RUB'
  const amount = formatMoney(money(BigInt(session.amount_total ?? 0), currency), 'ru-RU')
  return page(
    problem === null ? 'To pay' : 'Not paid',
    html`<p>${amount}</p>
${problem !== null && html`<p role="alert">${problem} Try another card.</p>`}
<form method="post" action="/c/pay/${session.id}">
<button name="action" value="pay">Pay ${amount}</button>
<button name="action" value="decline">Decline</button>
<button name="action" value="later">Pay later</button>
</form>`,
  )
}

const back = (url: string | null): Html =>
  url === null ? new Html('') : html`<p><a href="${url}">Back to the shop</a></p>`

const page = (title: string, body: Html): string =>
  html`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>${title} · Stripe, simulated</title></head>
<body><main><h1>${title}</h1>${body}</main></body></html>
`.text
