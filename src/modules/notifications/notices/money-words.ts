import type { PlanTier } from '../../../generated/prisma/enums.js'
import { formatMoney, type Money } from '../../../kernel/money.js'
import type { PlanNews } from '../../plans/index.js'
import type { Words } from '../notice.js'
import { dayText } from './dates.js'

const ru = (money: Money): string => formatMoney(money, 'ru-RU')
const en = (money: Money): string => formatMoney(money, 'en-GB')

export const depositBooked = (amount: Money): Words => ({
  RU: { title: 'Баланс пополнен', body: `На ваш баланс зачислено ${ru(amount)}.` },
  EN: { title: 'Your balance was topped up', body: `${en(amount)} was added to your balance.` },
})

export const depositFailed = (amount: Money): Words => ({
  RU: { title: 'Баланс не пополнен', body: `Пополнить баланс на ${ru(amount)} не получилось. Деньги не списаны.` },
  EN: { title: 'Your balance was not topped up', body: `Adding ${en(amount)} failed. No money was taken.` },
})

/** @param number the order's, when it was for one */
export const refunded = (amount: Money, number: string | null): Words => ({
  RU: { title: 'Деньги возвращены', body: `Мы вернули вам ${ru(amount)}${number ? ` за заказ ${number}` : ''}.` },
  EN: { title: 'Money was given back', body: `We gave back ${en(amount)}${number ? ` for order ${number}` : ''}.` },
})

export const refundFailed = (amount: Money, number: string | null): Words => ({
  RU: {
    title: 'Возврат не удался',
    body: `Вернуть ${ru(amount)}${number ? ` за заказ ${number}` : ''} не получилось. Деньги вернём другим способом.`,
  },
  EN: {
    title: 'A refund failed',
    body: `Giving back ${en(amount)}${number ? ` for order ${number}` : ''} failed. It will be given back another way.`,
  },
})

export const earned = (amount: Money, number: string | null): Words => ({
  RU: {
    title: 'Ваш дизайн продан',
    body: `Вам начислено ${ru(amount)}${number ? ` за заказ ${number}` : ''}. Деньги уже на балансе.`,
  },
  EN: {
    title: 'Your design was sold',
    body: `You earned ${en(amount)}${number ? ` with order ${number}` : ''}. It is on your balance.`,
  },
})

export const earningReduced = (amount: Money, number: string | null): Words => ({
  RU: {
    title: 'Начисление уменьшено',
    body: `Покупателю вернули деньги${number ? ` за заказ ${number}` : ''}: ваше начисление стало меньше на ${ru(amount)}.`,
  },
  EN: {
    title: 'An earning became less',
    body: `The buyer was refunded${number ? ` for order ${number}` : ''}: you earned ${en(amount)} less.`,
  },
})

export const planPaid = (tier: PlanTier, paidUntil: Date): Words => ({
  RU: { title: `Тариф ${tier} оплачен`, body: `Тариф ${tier} оплачен до ${dayText(paidUntil, 'RU')}.` },
  EN: { title: `Plan ${tier} is paid`, body: `Plan ${tier} is paid until ${dayText(paidUntil, 'EN')}.` },
})

const HOW_PLANS_GO: Readonly<Record<PlanNews['kind'], Readonly<Record<'RU' | 'EN', readonly [string, string]>>>> = {
  'ends-soon': {
    RU: ['скоро закончится', 'Продлите его, чтобы он не стал бесплатным.'],
    EN: ['ends soon', 'Renew it, or it becomes the free one.'],
  },
  'to-renew': {
    RU: ['пора продлить', 'Оплатите его, чтобы он не стал бесплатным.'],
    EN: ['is to be renewed', 'Pay for it, or it becomes the free one.'],
  },
  'charge-failed': {
    RU: ['не получилось продлить', 'Списать деньги не получилось. Завтра мы попробуем ещё раз.'],
    EN: ['could not be renewed', 'The charge failed. We will try again tomorrow.'],
  },
  'past-due': {
    RU: ['не оплачен', 'Если не оплатить его, он станет бесплатным.'],
    EN: ['is not paid', 'Unless it is paid, it becomes the free one.'],
  },
  over: {
    RU: ['закончился', 'Теперь у вас бесплатный тариф. Всё, что вы сделали, осталось.'],
    EN: ['has ended', 'You have the free plan now. All that you made is still there.'],
  },
}

export function planNews({ kind, tier, paidUntil }: PlanNews): Words {
  const { RU, EN } = HOW_PLANS_GO[kind]
  return {
    RU: { title: `Тариф ${tier} ${RU[0]}`, body: `Он оплачен до ${dayText(paidUntil, 'RU')}. ${RU[1]}` },
    EN: { title: `Plan ${tier} ${EN[0]}`, body: `It is paid until ${dayText(paidUntil, 'EN')}. ${EN[1]}` },
  }
}
