import type { SandboxPayment } from '../../../generated/prisma/client.js'
import { formatMoney } from '../../../kernel/money.js'
import { formPages } from '../../../platform/http/form-page.js'
import { type Html, html } from '../../../platform/http/html.js'
import { deliveryKnobs, type Knob } from './sandbox-delivery.js'
import { sandboxStyle } from './sandbox-style.js'

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

const knobRow = (name: string, { label, note, min, max, byDefault }: Knob): Html => html`
<div class="row"><label for="${name}">${label}</label>
<input id="${name}" name="${name}" type="number" inputmode="numeric" min="${min}" max="${max}" step="1" value="${byDefault}" required aria-describedby="${name}-note"></div>
<p class="note" id="${name}-note">${note}</p>`

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
${Object.entries(deliveryKnobs).map(([name, knob]) => knobRow(name, knob))}
<div class="row"><label for="stale">Old news arrive last</label>
<input id="stale" name="stale" type="checkbox" value="yes" aria-describedby="stale-note"></div>
<p class="note" id="stale-note">Two seconds later a webhook tells of the payment as it began.</p>
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
