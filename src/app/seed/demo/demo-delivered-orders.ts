import { rubles } from '../../../kernel/money.js'
import { ANNAS_ADDRESS, type DemoCast } from './demo-cast.js'
import { OrderStory } from './order-story.js'
import { tellPayment } from './payment-story.js'
import { itemLine } from './story-line.js'

/** What customer@adtime.test has already received, with and without a review. */
export function tellDeliveredOrders({ world, people, factories, item, generations }: DemoCast): void {
  const { calendar } = world
  const { customer, factory, designer, ural } = people
  const address = ANNAS_ADDRESS
  const opening = new OrderStory(world, {
    key: 'delivered opening',
    customer,
    lines: [
      {
        generation: generations.opening,
        productType: 'BANNER',
        quantity: 1,
        elements: ['Логотип', 'Дата'],
        widthMm: 3_000,
        heightMm: 1_700,
      },
      itemLine(item('Баннер «Скоро открытие»')),
    ],
    at: calendar.at(39, '09:30'),
    address,
  })
  opening.pay(calendar.at(39, '09:33')).assign(calendar.at(39, '09:34'), factories.dvor)
  opening.talk
    .say(calendar.at(39, '10:00'), customer, 'Открываемся через две недели, успеете?')
    .say(calendar.at(39, '10:20'), factory, 'Успеем с запасом: печать займёт пять дней.')
  opening
    .stage(calendar.at(38, '09:00'), 'IN_PROGRESS', factory)
    .stage(calendar.at(36, '15:00'), 'QUALITY_CHECK', factory)
    .stage(calendar.at(35, '09:40'), 'READY', factory)
    .ship(calendar.at(35, '13:00'), factory, 'RA380021144RU')
    .complete(calendar.at(31, '18:22'), customer)
    .review(
      calendar.at(30, '19:05'),
      5,
      'Баннер провисел весь ремонт и собрал очередь в день открытия. Цвета точно как на экране.',
      {
        at: calendar.at(29, '10:10'),
        text: 'Спасибо, Анна! Рады, что открытие удалось.',
      },
    )
  opening.talk.say(calendar.at(31, '18:30'), customer, 'Всё пришло целым, спасибо!').read(factory).read(designer)

  new OrderStory(world, {
    key: 'delivered rollup',
    customer,
    lines: [itemLine(item('Ролл-ап для конференции'))],
    at: calendar.at(70, '12:00'),
    address,
  })
    .pay(calendar.at(70, '12:05'))
    .assign(calendar.at(70, '12:06'), factories.ural)
    .stage(calendar.at(68, '09:00'), 'IN_PROGRESS', ural)
    .stage(calendar.at(64, '11:00'), 'QUALITY_CHECK', ural)
    .stage(calendar.at(63, '11:00'), 'READY', ural)
    .ship(calendar.at(62, '16:40'), ural, 'RB118820447RU')
    .complete(calendar.at(57, '12:00'), customer)
    .review(calendar.at(56, '20:15'), 4, 'Стоит ровно, печать чёткая. Доставка на день позже обещанного.')

  tellPayment(
    {
      world,
      key: 'deposit',
      userId: customer.id,
      purpose: 'DEPOSIT',
      referenceId: null,
      amount: rubles(5_000).amount,
      description: 'AdTime balance',
      provider: 'SANDBOX',
      at: calendar.at(26, '13:30'),
    },
    'SUCCEEDED',
  )
  new OrderStory(world, {
    key: 'delivered post',
    customer,
    lines: [itemLine(item('Пост «Скидка выходного дня»')), itemLine(item('Сторис «Новая коллекция»'))],
    at: calendar.at(25, '17:00'),
    address,
  })
    .pay(calendar.at(25, '17:02'), 'BALANCE')
    .complete(calendar.at(25, '17:02'), null)
    .review(calendar.at(24, '09:00'), 5, 'Оплатила с баланса, файлы открылись сразу.')

  new OrderStory(world, {
    key: 'delivered market',
    customer,
    lines: [itemLine(item('Баннер фермерского рынка'))],
    at: calendar.at(20, '08:50'),
    address,
  })
    .pay(calendar.at(20, '08:55'))
    .assign(calendar.at(20, '08:56'), factories.dvor)
    .ship(calendar.at(15, '12:00'), factory, 'RA401177203RU')
    .complete(calendar.at(10, '19:40'), customer)
}
