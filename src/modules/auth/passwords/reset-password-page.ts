import { type Html, html } from '../../../platform/http/html.js'
import { letterFormPath, letterPages } from '../letters/letter-link.js'
import { letterFormPage, messagePage } from '../letters/letter-page.js'
import type { LetterPage } from '../letters/letter-routes.js'
import type { PasswordResetService } from './password-reset.service.js'
import { brokenPasswordRules } from './password-strength.js'

const DONE = messagePage(
  'Пароль изменён',
  'good',
  'Все прежние сеансы завершены. Войдите в AdTime с новым паролем; эту страницу можно закрыть.',
)

interface Problems {
  readonly password?: Html
  readonly repeated?: Html
}

/** Beside each field what is wrong with it. The other field is empty too: a password is never sent back. */
const field = (
  id: 'password' | 'repeated',
  label: string,
  note: string | null,
  problem: Html | undefined,
): Html => html`<div>
<label for="${id}">${label}</label>
<input id="${id}" name="${id}" type="password" autocomplete="new-password" required${described(id, note !== null, problem)}>
${problem !== undefined && html`<div class="error" id="${id}-error">${problem}</div>`}
${note !== null && html`<p class="note" id="${id}-note">${note}</p>`}
</div>`

const described = (id: string, hasNote: boolean, problem: Html | undefined): Html => {
  const ids = [...(problem ? [`${id}-error`] : []), ...(hasNote ? [`${id}-note`] : [])]
  const description = ids.length > 0 && html` aria-describedby="${ids.join(' ')}"`
  return html`${description}${problem !== undefined && html` aria-invalid="true" autofocus`}`
}

const form = (path: string, token: string, email: string, problems: Problems = {}): string =>
  letterFormPage({
    title: 'Задайте новый пароль',
    path,
    token,
    intro: html`<p>Прежний перестанет действовать, а открытые сеансы завершатся.</p>`,
    fields: html`<div><label for="email">Аккаунт</label>
<input id="email" type="email" autocomplete="username" value="${email}" readonly></div>
${field('password', 'Новый пароль', 'От 8 до 128 символов: заглавная буква, цифра и ещё какой-нибудь знак.', problems.password)}
${field('repeated', 'Повторите пароль', null, problems.repeated)}`,
    button: 'Сохранить пароль',
  })

function problemsOf(password: string, repeated: string | null): Problems {
  const broken = brokenPasswordRules(password)
  if (broken.length > 0)
    return { password: html`Нужно:<ul>${broken.map(({ inRussian }) => html`<li>${inRussian}</li>`)}</ul>` }
  return repeated !== null && repeated !== password ? { repeated: html`Пароли не совпали.` } : {}
}

/** Where the letter for a forgotten password leads. */
export const resetPasswordPage = (resets: PasswordResetService, publicUrl: string): LetterPage => ({
  path: letterPages.resetPassword,

  async show(token, caller) {
    const { email } = await resets.lookAt(token, caller)
    return { status: 200, page: form(letterFormPath(publicUrl, 'resetPassword'), token, email) }
  },

  async act(fields, caller) {
    const token = fields.get('token') ?? ''
    const password = fields.get('password') ?? ''
    const problems = problemsOf(password, fields.get('repeated'))
    if (Object.keys(problems).length > 0) {
      const { email } = await resets.lookAt(token, caller)
      return { status: 400, page: form(letterFormPath(publicUrl, 'resetPassword'), token, email, problems) }
    }
    await resets.reset({ token, password }, caller)
    return { status: 200, page: DONE }
  },
})
