import { rubles } from '../../../kernel/money.js'
import { ANNAS_ADDRESS, type DemoCast } from './demo-cast.js'
import { OrderStory } from './order-story.js'
import { itemLine } from './story-line.js'

/** What was called off: never paid, paid and refunded, and refunded in part out of production. */
export function tellCancelledOrders({ world, people: { customer, manager, neva }, factories, item }: DemoCast): void {
  const { calendar } = world
  const address = ANNAS_ADDRESS
  new OrderStory(world, {
    key: 'cancelled unpaid',
    customer,
    lines: [itemLine(item('Щит мобильного оператора'))],
    at: calendar.at(48, '20:00'),
    address,
  }).cancel(calendar.at(47, '20:01'), null, 'It was not paid within 24 hours.')

  new OrderStory(world, {
    key: 'cancelled paid',
    customer,
    lines: [itemLine(item('Картинка «Вакансия открыта»')), itemLine(item('Ролл-ап банка вакансий'))],
    at: calendar.at(33, '15:00'),
    address,
  })
    .pay(calendar.at(33, '15:04'))
    .cancel(calendar.at(33, '15:05'), customer, 'Вакансию уже закрыли.')

  const half = new OrderStory(world, {
    key: 'cancelled in production',
    customer,
    lines: [itemLine(item('Щит театральной премьеры'))],
    at: calendar.at(22, '10:00'),
    address,
  })
  half.pay(calendar.at(22, '10:03')).assign(calendar.at(22, '10:04'), factories.neva)
  half.stage(calendar.at(21, '09:00'), 'IN_PROGRESS', neva)
  half.talk
    .say(calendar.at(21, '12:00'), customer, 'Премьеру перенесли, щит больше не нужен. Можно отменить?')
    .say(calendar.at(21, '12:40'), neva, 'Половина листов уже напечатана.')
    .say(calendar.at(21, '13:10'), manager, 'Отменяю заказ и возвращаю стоимость ненапечатанной части: 2 400 ₽.')
  half.cancel(calendar.at(21, '13:12'), manager, 'Премьера перенесена.', rubles(2_400).amount)
  half.talk.say(calendar.at(21, '13:30'), customer, 'Спасибо за понимание.').read(manager)
}
