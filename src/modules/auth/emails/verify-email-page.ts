import { DomainError } from '../../../kernel/domain-error.js'
import { html } from '../../../platform/http/html.js'
import { letterFormPath, letterPages } from '../letters/letter-link.js'
import { letterFormPage, messagePage } from '../letters/letter-page.js'
import type { LetterPage, Shown } from '../letters/letter-routes.js'
import type { EmailVerificationService } from './email-verification.service.js'

const TAKEN = messagePage(
  'Адрес занят',
  'bad',
  'Пока письмо ждало, этот адрес подтвердил другой аккаунт. Укажите в профиле другой.',
)
const DONE = messagePage('Адрес подтверждён', 'good', 'Спасибо. Эту страницу можно закрыть.')

/** Where the letter that proves an address leads. */
export const verifyEmailPage = (verification: EmailVerificationService, publicUrl: string): LetterPage => ({
  path: letterPages.verifyEmail,

  async show(token, caller) {
    const { email } = await verification.lookAt(token, caller)
    const page = letterFormPage({
      title: 'Подтвердите адрес',
      path: letterFormPath(publicUrl, 'verifyEmail'),
      token,
      intro: html`<p>Это адрес вашего аккаунта AdTime?</p>
<p class="address">${email}</p>
<p>Если вы не создавали аккаунт и не меняли адрес, просто закройте страницу.</p>`,
      button: 'Да, это мой адрес',
    })
    return { status: 200, page }
  },

  async act(fields, caller): Promise<Shown> {
    try {
      await verification.verify(fields.get('token') ?? '', caller)
      return { status: 200, page: DONE }
    } catch (error) {
      if (error instanceof DomainError && error.code === 'CONFLICT') return { status: 409, page: TAKEN }
      throw error
    }
  },
})
