import { formPages } from '../../../platform/http/form-page.js'
import { type Html, html } from '../../../platform/http/html.js'

const { page, headers } = formPages({
  lang: 'ru',
  site: 'AdTime',
  brand: html`AdTime`,
  style: `
h1 { margin: 0 0 .75rem; font-size: 1.5rem; line-height: 1.25; letter-spacing: -.01em; text-wrap: balance; }
h1.good { color: var(--good); } h1.bad { color: var(--bad); }
p { margin: 0 0 1rem; } main > :last-child { margin-bottom: 0; }
.address { font-weight: 600; overflow-wrap: anywhere; }
form { display: grid; gap: 1.25rem; margin-top: 1.5rem; }
label { display: block; margin-bottom: .375rem; font-weight: 600; }
input { width: 100%; min-height: 3rem; }
input[readonly] { border-color: var(--line); color: var(--soft); }
input[aria-invalid] { border: 2px solid var(--bad); }
.error { margin: .5rem 0 0; } .error ul { margin: .25rem 0 0; padding-left: 1.25rem; font-weight: 400; }
`,
})

export const letterPageHeaders = headers

/** What has no form: how it went, or why it cannot go on. */
export const messagePage = (title: string, tone: 'good' | 'bad', ...texts: readonly string[]): string =>
  page(title, html`<h1 class="${tone}">${title}</h1>${texts.map((text) => html`<p>${text}</p>`)}`)

interface FormPage {
  readonly title: string
  /** The path that the form goes to: the page's own. */
  readonly path: string
  readonly token: string
  readonly intro: Html
  readonly fields?: Html
  readonly button: string
}

/** A page with one form. The token goes back in its body: whatever logs addresses sees it no second time. */
export const letterFormPage = ({ title, path, token, intro, fields, button }: FormPage): string =>
  page(
    title,
    html`<h1>${title}</h1>
${intro}
<form method="post" action="${path}">
<input type="hidden" name="token" value="${token}">
${fields ?? null}
<button class="primary">${button}</button>
</form>`,
  )

export const deadLinkPage = (): string =>
  messagePage(
    'Ссылка не работает',
    'bad',
    'Она устарела, уже использована или скопирована не целиком. Запросите новое письмо и откройте ссылку из него. Если адрес уже подтверждён или пароль уже изменён, делать ничего не нужно.',
  )

export const tooManyTriesPage = (retryAfter: number): string =>
  messagePage('Слишком много попыток', 'bad', `Подождите ${retryAfter} с и откройте ссылку снова.`)
