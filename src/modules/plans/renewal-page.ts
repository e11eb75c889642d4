import { formatMoney } from '../../kernel/money.js'
import { formPages } from '../../platform/http/form-page.js'
import { html } from '../../platform/http/html.js'
import type { PlanOffer } from './plan-catalogue.js'
import { dateText } from './plan-letter-texts.ru.js'

const { page, headers } = formPages({
  lang: 'ru',
  site: 'AdTime',
  brand: html`AdTime`,
  style: `
h1 { margin: 0 0 .75rem; font-size: 1.5rem; line-height: 1.25; text-wrap: balance; }
p { margin: 0 0 1rem; } main > :last-child { margin-bottom: 0; } .price { font-size: 1.25rem; font-weight: 600; }
form { display: grid; margin-top: 1.5rem; } .good { color: var(--good); }
`,
  leadsAway: true,
})

export const renewalPageHeaders = headers

/** The token goes back in the form's body: whatever logs addresses sees it no second time. */
export const renewalPage = (
  { name, price, generationQuota, periodDays }: PlanOffer,
  path: string,
  token: string,
): string =>
  page(
    'Продление тарифа',
    html`<h1>Продлить тариф «${name}»</h1>
<p>${periodDays} дней, ${generationQuota} изображений. Дни добавятся к оплаченным.</p>
<p class="price">${formatMoney(price, 'ru-RU').replace(/\s/g, '\u00a0')}</p>
<form method="post" action="${path}">
<input type="hidden" name="token" value="${token}">
<button class="primary">Перейти к оплате</button>
</form>`,
  )

const message = (title: string, text: string): string => page(title, html`<h1>${title}</h1><p>${text}</p>`)

export const renewedPage = ({ name }: PlanOffer, paidUntil: Date): string =>
  page(
    'Тариф продлён',
    html`<h1 class="good">Тариф продлён</h1>
<p>«${name}» оплачен до ${dateText(paidUntil)}. Эту страницу можно закрыть.</p>`,
  )

export const awaitedPage = (url: string): string =>
  page(
    'Ждём подтверждения оплаты',
    html`<h1>Ждём подтверждения оплаты</h1>
<p>Обычно это занимает не больше минуты. Если вы не платили, откройте ссылку из письма ещё раз.</p>
<a class="button primary" href="${url}">Проверить ещё раз</a>`,
  )

export const notPaidPage = (): string =>
  message('Оплата не прошла', 'Тариф не продлён. Чтобы попробовать снова, откройте ссылку из письма ещё раз.')

export const nothingToRenewPage = (): string =>
  message(
    'Продлевать нечего',
    'Тариф уже продлён, отменён или закончился. Сейчас платить по этой ссылке не нужно. Новый тариф можно выбрать в AdTime.',
  )

export const notOursPage = (): string =>
  message('Ссылка не работает', 'Скорее всего, она скопирована не целиком. Откройте её из письма ещё раз.')

export const unavailablePage = (): string =>
  message('Оплатить сейчас не получилось', 'Деньги не списаны. Откройте ссылку из письма ещё раз чуть позже.')

export const tooManyPage = (): string => message('Слишком много попыток', 'Подождите час и откройте ссылку снова.')
