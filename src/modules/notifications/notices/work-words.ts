import type { SenderRole } from '../../../generated/prisma/enums.js'
import type { Words } from '../notice.js'

export const generationCompleted: Words = {
  RU: { title: 'Изображения готовы', body: 'То, что вы просили нарисовать, готово.' },
  EN: { title: 'Your images are ready', body: 'What you asked for has been drawn.' },
}

export const generationFailed: Words = {
  RU: {
    title: 'Изображения не получились',
    body: 'Нарисовать то, что вы просили, не получилось. Изображения вернулись в ваш тариф, можно попробовать ещё раз.',
  },
  EN: {
    title: 'Your images could not be drawn',
    body: 'What you asked for could not be drawn. The images are back in your plan, and you can try again.',
  },
}

/** @param item its title, as its designer wrote it */
export const reviewed = (item: string, rating: number): Words => ({
  RU: { title: 'Новый отзыв', body: `Ваш дизайн «${item}» оценили на ${rating} из 5.` },
  EN: { title: 'A new review', body: `Your design “${item}” was rated ${rating} of 5.` },
})

export const reviewReplied = (item: string): Words => ({
  RU: { title: 'Ответ на ваш отзыв', body: `Дизайнер ответил на ваш отзыв о «${item}».` },
  EN: { title: 'An answer to your review', body: `The designer has answered your review of “${item}”.` },
})

const WHO: Readonly<Record<SenderRole, Readonly<Record<'RU' | 'EN', string>>>> = {
  CUSTOMER: { RU: 'Покупатель', EN: 'The customer' },
  DESIGNER: { RU: 'Дизайнер', EN: 'The designer' },
  FACTORY: { RU: 'Типография', EN: 'The factory' },
  SUPPORT: { RU: 'Поддержка', EN: 'Support' },
  SYSTEM: { RU: 'AdTime', EN: 'AdTime' },
}

/** Not what was said: it may be edited or deleted, and is read where it stands. */
export const messageSent = (number: string, role: SenderRole): Words => ({
  RU: { title: `Сообщение о заказе ${number}`, body: `${WHO[role].RU} пишет в чате заказа ${number}.` },
  EN: { title: `A message about order ${number}`, body: `${WHO[role].EN} wrote in the chat of order ${number}.` },
})
