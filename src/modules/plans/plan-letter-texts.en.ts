import { formatMoney } from '../../kernel/money.js'
import type { Letter, LinkParagraph } from '../../platform/mail/letter.js'
import { planOf } from './plan-catalogue.js'
import type { PlanLetters, ToldOfPlan } from './plan-letters.js'

const dates = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: 'Europe/Moscow' })
const dateText = (date: Date): string => dates.format(date)

const letter = (subject: string, ...paragraphs: Letter['paragraphs']): Letter => ({ subject, paragraphs })

const named = ({ tier }: ToldOfPlan): string => `Your ${tier} plan`

const toPay = ({ tier, link: url }: ToldOfPlan): LinkParagraph => ({
  text: `Renew it for 30 days at ${formatMoney(planOf(tier).price, 'en-GB')}:`,
  button: 'Renew the plan',
  url,
})

const whatThen = ({ goesOnUntil }: ToldOfPlan): string =>
  `Until ${dateText(goesOnUntil)} you can use the images that are left. Then you have the free plan.`

export const englishPlanLetters: PlanLetters = {
  'ends-soon': (told) =>
    letter('Your plan ends soon', `${named(told)} is paid until ${dateText(told.paidUntil)}.`, toPay(told)),
  'to-renew': (told) =>
    letter(
      'It is time to renew your plan',
      `${named(told)} was paid until ${dateText(told.paidUntil)}.`,
      toPay(told),
      whatThen(told),
    ),
  'charge-failed': (told) =>
    letter(
      'Your plan could not be renewed',
      `${named(told)} is paid until ${dateText(told.paidUntil)}. The charge for its renewal failed. We will try again tomorrow.`,
      { ...toPay(told), text: `There is no need to wait. ${toPay(told).text}` },
      whatThen(told),
    ),
  'past-due': (told) =>
    letter(
      'Your plan is not paid',
      `${named(told)} was paid until ${dateText(told.paidUntil)}. We will not remind you again.`,
      toPay(told),
      whatThen(told),
    ),
  over: (told) =>
    letter(
      'Your plan has ended',
      `${named(told)} has ended, and you have the free one now. All that you made is still there.`,
      'You can choose a plan again at any time.',
    ),
}
