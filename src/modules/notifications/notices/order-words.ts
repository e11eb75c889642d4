import type { Words } from '../notice.js'
import { dayText } from './dates.js'

/** What people are told of orders, by event. What somebody wrote stands in « » or “ ”, and is cut with the whole. */

export const paid = (number: string): Words => ({
  RU: { title: `Заказ ${number} оплачен`, body: `Мы получили оплату заказа ${number}.` },
  EN: { title: `Order ${number} is paid`, body: `We have received the payment for order ${number}.` },
})

export const inProduction = (number: string): Words => ({
  RU: { title: `Заказ ${number} в производстве`, body: `Типография приняла заказ ${number} в печать.` },
  EN: { title: `Order ${number} is in production`, body: `The factory has begun to make order ${number}.` },
})

export const shipped = (number: string, tracking: string | null): Words => ({
  RU: {
    title: `Заказ ${number} отправлен`,
    body: `Заказ ${number} в пути.${tracking ? ` Номер для отслеживания: ${tracking}.` : ''} Когда получите его, подтвердите получение.`,
  },
  EN: {
    title: `Order ${number} has been shipped`,
    body: `Order ${number} is on its way.${tracking ? ` Its tracking number is ${tracking}.` : ''} Please confirm when it has arrived.`,
  },
})

export const trackingAdded = (number: string, tracking: string): Words => ({
  RU: {
    title: `Номер для отслеживания заказа ${number}`,
    body: `Заказ ${number} можно отслеживать по номеру ${tracking}.`,
  },
  EN: { title: `Tracking number of order ${number}`, body: `Order ${number} can be tracked by number ${tracking}.` },
})

export const completed = (number: string): Words => ({
  RU: { title: `Заказ ${number} завершён`, body: `Заказ ${number} завершён. Будем рады вашему отзыву.` },
  EN: { title: `Order ${number} is completed`, body: `Order ${number} is completed. We would be glad of your review.` },
})

export const cancelled = (number: string, reason: string | null): Words => ({
  RU: {
    title: `Заказ ${number} отменён`,
    body: `Заказ ${number} отменён.${reason ? ` Причина: «${reason}»` : ''}`,
  },
  EN: {
    title: `Order ${number} is cancelled`,
    body: `Order ${number} is cancelled.${reason ? ` The reason: “${reason}”` : ''}`,
  },
})

export const assigned = (number: string, deadline: Date | null): Words => ({
  RU: {
    title: `Новый заказ ${number}`,
    body: `Вам назначен заказ ${number}.${deadline ? ` Срок: ${dayText(deadline, 'RU')}.` : ''}`,
  },
  EN: {
    title: `New order ${number}`,
    body: `Order ${number} is assigned to you.${deadline ? ` It is due on ${dayText(deadline, 'EN')}.` : ''}`,
  },
})

export const withdrawn = (number: string): Words => ({
  RU: {
    title: `Заказ ${number} передан другой типографии`,
    body: `Заказ ${number} больше не у вас: его печатает другая типография.`,
  },
  EN: {
    title: `Order ${number} went to another factory`,
    body: `Order ${number} is no longer yours: another factory prints it.`,
  },
})

export const stageFailed = (number: string, note: string | null): Words => ({
  RU: {
    title: `Печать заказа ${number} не удалась`,
    body: `Типография не смогла изготовить заказ ${number}. Его можно передать другой.${note ? ` Она пишет: «${note}»` : ''}`,
  },
  EN: {
    title: `The print of order ${number} failed`,
    body: `The factory could not make order ${number}. It can be given to another one.${note ? ` It says: “${note}”` : ''}`,
  },
})

export const deadlineChanged = (number: string, deadline: Date): Words => ({
  RU: {
    title: `Новый срок заказа ${number}`,
    body: `Заказ ${number} должен быть изготовлен до ${dayText(deadline, 'RU')}.`,
  },
  EN: {
    title: `New deadline of order ${number}`,
    body: `Order ${number} is to be made by ${dayText(deadline, 'EN')}.`,
  },
})

export const overdue = (number: string, deadline: Date): Words => ({
  RU: {
    title: `Заказ ${number} просрочен`,
    body: `Заказ ${number} должен был быть изготовлен до ${dayText(deadline, 'RU')}.`,
  },
  EN: { title: `Order ${number} is overdue`, body: `Order ${number} was to be made by ${dayText(deadline, 'EN')}.` },
})

export const paymentFailed = (number: string): Words => ({
  RU: {
    title: `Заказ ${number} не оплачен`,
    body: `Оплата заказа ${number} не прошла. Деньги не списаны, можно попробовать ещё раз.`,
  },
  EN: {
    title: `Order ${number} is not paid`,
    body: `The payment for order ${number} failed. No money was taken, and you can try again.`,
  },
})
