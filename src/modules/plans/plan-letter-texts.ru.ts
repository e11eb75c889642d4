import { formatMoney } from '../../kernel/money.js'
import type { Letter, LinkParagraph } from '../../platform/mail/letter.js'
import { planOf } from './plan-catalogue.js'
import type { PlanLetters, ToldOfPlan } from './plan-letters.js'

const dates = new Intl.DateTimeFormat('ru-RU', { dateStyle: 'long', timeZone: 'Europe/Moscow' })

/** Without the «г.» at its end: sentences end with it. */
export const dateText = (date: Date): string => dates.format(date).replace(/\sг\.$/, '')

const letter = (subject: string, ...paragraphs: Letter['paragraphs']): Letter => ({ subject, paragraphs })

const named = ({ tier }: ToldOfPlan): string => `Тариф «${planOf(tier).name}»`

const toPay = ({ tier, link: url }: ToldOfPlan): LinkParagraph => ({
  text: `Продлить на 30 дней за ${formatMoney(planOf(tier).price, 'ru-RU')}:`,
  button: 'Продлить тариф',
  url,
})

const whatThen = ({ goesOnUntil }: ToldOfPlan): string =>
  `До ${dateText(goesOnUntil)} можно тратить оставшиеся изображения, потом тариф станет бесплатным.`

export const russianPlanLetters: PlanLetters = {
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
      { ...toPay(told), text: `Можно и не ждать. ${toPay(told).text}` },
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
