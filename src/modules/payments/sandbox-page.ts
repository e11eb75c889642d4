import type { SandboxPayment } from '../../generated/prisma/client.js'
import { formatMoney } from '../../kernel/money.js'
import { formPages } from '../../platform/http/form-page.js'
import { type Html, html } from '../../platform/http/html.js'
import { sandboxStyle } from './sandbox-style.js'

export const MAX_COPIES = 10

const { page, headers } = formPages({
  lang: 'en',
  site: 'AdTime sandbox',
  brand: html`AdTime <span class="tag">Sandbox: no real money</span>`,
  style: sandboxStyle,
})

export const sandboxPageHeaders = headers

/** Intl's thin and no-break spaces come out the same in every font as plain no-break ones. */
const amountOf = ({ amount, currency }: SandboxPayment): string =>
  formatMoney({ amount, currency }, 'ru-RU').replace(/\s/g, '\u00a0')

const untilText = (until: Date): string => `${until.toISOString().slice(0, 16).replace('T', ' ')} UTC`

const facts = ({ id, description }: SandboxPayment, until: Date | null): Html => html`<dl>
<div><dt>For</dt><dd>${description}</dd></div>
${until && html`<div><dt>Pay until</dt><dd><time datetime="${until.toISOString()}">${untilText(until)}</time></dd></div>`}
<div><dt>Payment number</dt><dd>${id}</dd></div>
</dl>`

interface CheckoutPage {
  readonly payment: SandboxPayment
  /** The page's own path: the form goes back to it. */
  readonly path: string
  readonly until: Date
  /** What was wrong with the last try. */
  readonly problem?: string
}

/** The form, while the payment waits for its customer. */
export function checkoutPage({ payment, path, until, problem }: CheckoutPage): string {
  const amount = amountOf(payment)
  return page(
    `Pay ${amount}`,
    html`<h1>To pay</h1>
<p class="amount">${amount}</p>
${facts(payment, until)}
<form method="post" action="${path}">
${problem !== undefined && html`<p class="error" role="alert">${problem}</p>`}
<div class="actions">
<button class="primary" name="action" value="pay">Pay ${amount}</button>
<button name="action" value="decline">Decline</button>
<button name="action" value="later">Pay later</button>
</div>
<fieldset><legend>For testing</legend>
<div class="row"><label for="copies">Copies of the webhook</label>
<input id="copies" name="copies" type="number" inputmode="numeric" min="1" max="${MAX_COPIES}" step="1" value="1" required aria-describedby="copies-note"></div>
<p class="note" id="copies-note">1 to ${MAX_COPIES}, sent at once. However many arrive, the payment counts once.</p>
</fieldset>
</form>`,
  )
}

interface ResultPage {
  readonly payment: SandboxPayment
  readonly title: string
  readonly tone: 'good' | 'bad' | 'neutral'
  readonly text: string
}

/** What became of the payment, with the way back to where the customer came from. */
export function resultPage({ payment, title, tone, text }: ResultPage): string {
  const { returnUrl } = payment
  return page(
    title,
    html`<h1 class="${tone}">${title}</h1>
<p class="amount">${amountOf(payment)}</p>
${facts(payment, null)}
<p>${text}</p>
${isWebAddress(returnUrl) && html`<a class="button primary" href="${returnUrl}">Back to the shop</a>`}`,
  )
}

/** The same for unknown payments and for addresses that were not given out. */
export const unknownPage = (): string =>
  page(
    'No such payment',
    html`<h1 class="bad">No such payment</h1>
<p>This address leads to no payment. Open the one you were given, whole and unchanged.</p>`,
  )

const isWebAddress = (url: string | null): url is string =>
  url !== null && URL.canParse(url) && /^https?:$/.test(new URL(url).protocol)
