import type { PlanTier } from '../../generated/prisma/enums.js'
import { formatMoney } from '../../kernel/money.js'
import type { Mail } from '../../platform/mail/mailer.js'
import { planOf } from './plan-catalogue.js'
import type { PlanLetterKind } from './plan-letter.js'

interface Told {
  readonly tier: PlanTier
  readonly paidUntil: Date
  /** When it becomes FREE, once renewing it is tried. */
  readonly goesOnUntil: Date
  readonly link: string
}

type Letter = Omit<Mail, 'to'>

const dates = new Intl.DateTimeFormat('ru-RU', { dateStyle: 'long', timeZone: 'Europe/Moscow' })

/** Without the «г.» at its end: sentences end with it. */
export const dateText = (date: Date): string => dates.format(date).replace(/\sг\.$/, '')

const letter = (subject: string, ...paragraphs: readonly string[]): Letter => ({
  subject,
  text: ['Здравствуйте!', ...paragraphs].join('\n\n'),
})

const named = ({ tier }: Told): string => `Тариф «${planOf(tier).name}»`

const toPay = ({ tier, link }: Told): string =>
  `Продлить на 30 дней за ${formatMoney(planOf(tier).price, 'ru-RU')}:\n${link}`

const whatThen = ({ goesOnUntil }: Told): string =>
  `До ${dateText(goesOnUntil)} можно тратить оставшиеся изображения, потом тариф станет бесплатным.`

/** What owners of plans are written. No letter repeats what somebody typed. */
export const planLetters: Readonly<Record<PlanLetterKind, (told: Told) => Letter>> = {
  'ends-soon': (told) =>
    letter('Ваш тариф скоро закончится', `${named(told)} оплачен до ${dateText(told.paidUntil)}.`, toPay(told)),
  'to-renew': (told) =>
    letter(
      'Пора продлить тариф',
      `${named(told)} был оплачен до ${dateText(told.paidUntil)}.`,
      toPay(told),
      whatThen(told),
    ),
  'charge-failed': (told) =>
    letter(
      'Не получилось продлить тариф',
      `${named(told)} оплачен до ${dateText(told.paidUntil)}. Списать деньги за продление не получилось. Завтра мы попробуем ещё раз.`,
      `Можно и не ждать. ${toPay(told)}`,
      whatThen(told),
    ),
  'past-due': (told) =>
    letter(
      'Тариф не оплачен',
      `${named(told)} был оплачен до ${dateText(told.paidUntil)}. Больше мы напоминать не будем.`,
      toPay(told),
      whatThen(told),
    ),
  over: (told) =>
    letter(
      'Тариф закончился',
      `${named(told)} закончился, теперь у вас бесплатный. Всё, что вы сделали, осталось.`,
      'Выбрать тариф снова можно в любое время.',
    ),
}
