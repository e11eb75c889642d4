import type { Mail } from '../../../platform/mail/mailer.js'

type Letter = Omit<Mail, 'to'>

/** What an owner is told about, so that nobody does it to them unnoticed. */
export type OwnerEvent =
  | 'password-changed'
  | 'password-reset'
  | 'email-change-requested'
  | 'email-changed'
  | 'second-factor-on'
  | 'second-factor-off'
  | 'identity-linked'
  | 'account-deleted'

const letter = (subject: string, ...paragraphs: readonly string[]): Letter => ({
  subject,
  text: ['Здравствуйте!', ...paragraphs].join('\n\n'),
})

// No letter repeats what somebody typed, such as a name: anybody can have letters sent to anybody, and would write in them.

const WELCOME = 'Ваш аккаунт создан. Опишите рекламу словами — мы нарисуем её, напечатаем и доставим.'

/** @param link null when the address is proven already */
export const welcomeLetter = (link: string | null): Letter =>
  letter(
    'Добро пожаловать в AdTime',
    WELCOME,
    ...(link === null
      ? []
      : [
          `Подтвердите, что этот адрес ваш:\n${link}`,
          'Ссылка работает один раз, в течение суток. Если аккаунт создали не вы, ничего не делайте.',
        ]),
  )

export const verificationLetter = (link: string): Letter =>
  letter(
    'Подтвердите адрес',
    `Подтвердите, что этот адрес ваш и нужен вашему аккаунту AdTime:\n${link}`,
    'Ссылка работает один раз, в течение суток. Если вы об этом не просили, ничего не делайте.',
  )

export const resetLetter = (link: string): Letter =>
  letter(
    'Новый пароль для AdTime',
    `Чтобы задать новый пароль, откройте страницу:\n${link}`,
    'Ссылка работает один раз, в течение часа. Если вы об этом не просили, ничего не делайте: пароль останется прежним.',
  )

const NOT_YOU = 'Если это сделали не вы, запросите новый пароль на странице входа: он завершит все сеансы.'
const TOO_LATE = 'Если это сделали не вы, сразу напишите в поддержку AdTime.'

/** What the owner is told of each event. */
export const noticeLetters: Readonly<Record<OwnerEvent, Letter>> = {
  'password-changed': letter(
    'Пароль изменён',
    'Пароль вашего аккаунта AdTime изменён, все сеансы завершены. Войдите с новым паролем.',
    NOT_YOU,
  ),
  'password-reset': letter(
    'Задан новый пароль',
    'Для вашего аккаунта AdTime задан новый пароль по ссылке из письма, все сеансы завершены. Второй фактор, если он был включён, остался.',
    NOT_YOU,
  ),
  'email-change-requested': letter(
    'Запрошена смена адреса',
    'Для вашего аккаунта AdTime попросили другой адрес почты. Он заменит этот, когда его подтвердят.',
    'Если это сделали не вы, запросите новый пароль на странице входа: он завершит все сеансы и отменит смену адреса.',
  ),
  'email-changed': letter(
    'Адрес изменён',
    'У вашего аккаунта AdTime теперь другой адрес почты. На этот письма больше не придут.',
    TOO_LATE,
  ),
  'second-factor-on': letter(
    'Второй фактор включён',
    'Теперь вход в ваш аккаунт AdTime требует ещё и код из приложения.',
    NOT_YOU,
  ),
  'second-factor-off': letter(
    'Второй фактор выключен',
    'Вход в ваш аккаунт AdTime больше не требует кода из приложения.',
    NOT_YOU,
  ),
  'identity-linked': letter(
    'Новый способ входа',
    'В ваш аккаунт AdTime теперь можно войти ещё через один сервис.',
    TOO_LATE,
  ),
  'account-deleted': letter(
    'Аккаунт удалён',
    'Ваш аккаунт AdTime удалён. Мы храним только то, что обязаны по закону, и без вашего имени.',
    TOO_LATE,
  ),
}
