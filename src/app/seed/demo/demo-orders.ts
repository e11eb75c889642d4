import { tellCancelledOrders } from './demo-cancelled-orders.js'
import { ANNAS_ADDRESS, type DemoCast } from './demo-cast.js'
import { tellDeliveredOrders } from './demo-delivered-orders.js'
import { OrderStory } from './order-story.js'
import { itemLine, type StoryLine } from './story-line.js'

/** The orders of customer@adtime.test, in every status. */
export function tellOrders(cast: DemoCast): void {
  tellDeliveredOrders(cast)
  tellCancelledOrders(cast)
  tellShipped(cast)
  tellProduction(cast)
  tellPaid(cast)
  tellCreated(cast)
}

function tellShipped({ world, people: { customer, factory, designer }, factories, item }: DemoCast): void {
  const { calendar } = world
  const order = new OrderStory(world, {
    key: 'shipped',
    customer,
    lines: [itemLine(item('Баннер для пекарни'), 2), itemLine(item('Стойка «Меню'))],
    at: calendar.at(9, '10:15'),
    address: ANNAS_ADDRESS,
    note: 'Люверсы через каждые 30 см, пожалуйста.',
  })
  order.pay(calendar.at(9, '10:19')).assign(calendar.at(9, '10:20'), factories.dvor)
  order.talk
    .say(
      calendar.at(9, '11:02'),
      customer,
      'Здравствуйте! Можно поставить люверсы чаще, каждые 30 см? На фасаде сильный ветер.',
    )
    .say(
      calendar.at(9, '11:40'),
      factory,
      'Добрый день, Анна. Да, сделаем через 30 см и усилим углы, на цену это не влияет.',
    )
    .say(
      calendar.at(9, '12:05'),
      designer,
      'Анна, часы работы внизу оставил как в макете: 8:00–21:00. Если они другие, напишите до вечера.',
    )
    .say(calendar.at(9, '12:30'), customer, 'Часы верные, спасибо!')
  order
    .stage(calendar.at(8, '09:00'), 'IN_PROGRESS', factory, 'В печати')
    .stage(calendar.at(6, '14:10'), 'QUALITY_CHECK', factory)
    .stage(calendar.at(5, '10:25'), 'READY', factory, 'Упаковано в тубус')
  order.talk.say(
    calendar.at(5, '10:31'),
    factory,
    'Готово! Так выглядит первый баннер перед упаковкой.',
    'Свежий хлеб каждое утро',
  )
  order.ship(calendar.at(3, '08:45'), factory, 'RA482913567RU')
  order.talk.say(calendar.at(3, '08:50'), factory, 'Отправили почтой, трек-номер RA482913567RU. Обычно идёт 4–5 дней.')
}

function tellProduction({ world, people, factories, item, generations }: DemoCast): void {
  const { calendar } = world
  const { customer, factory, manager, neva } = people
  const menu = new OrderStory(world, {
    key: 'production season',
    customer,
    lines: [banner(generations.season, ['Логотип', 'Заголовок', 'Адрес'])],
    at: calendar.at(4, '12:40'),
    address: ANNAS_ADDRESS,
    deadlineDays: 5,
  })
  menu.pay(calendar.at(4, '12:44')).assign(calendar.at(4, '12:45'), factories.dvor)
  menu.stage(calendar.at(3, '09:20'), 'IN_PROGRESS', factory, 'Цветопроба готова')
  menu.talk
    .say(
      calendar.at(3, '09:30'),
      factory,
      'На цветопробе оранжевый чуть теплее, чем на экране. Печатаем так или сделать холоднее?',
    )
    .say(calendar.at(3, '10:12'), customer, 'Так даже лучше, печатайте.')
    .say(calendar.at(2, '16:00'), manager, 'Анна, срок по заказу под контролем: передадим в доставку вовремя.')
  menu.stage(calendar.at(1, '11:05'), 'QUALITY_CHECK', factory)
  const billboard = new OrderStory(world, {
    key: 'production billboard',
    customer,
    lines: [itemLine(item('Щит загородного клуба'))],
    at: calendar.at(2, '14:00'),
    address: ANNAS_ADDRESS,
  })
  billboard
    .decline(calendar.at(2, '14:03'))
    .pay(calendar.at(2, '14:08'))
    .assign(calendar.at(2, '14:09'), factories.neva)
  billboard.stage(calendar.at(1, '10:00'), 'IN_PROGRESS', neva, 'Печатаем листы')
  billboard.talk.say(
    calendar.at(1, '10:15'),
    neva,
    'Добрый день! Щит печатаем в восемь листов, монтажная схема будет в посылке.',
  )
}

/** Nothing to print: the one kind of paid order that no factory takes a minute later. */
function tellPaid({ world, people: { customer, timur }, item }: DemoCast): void {
  const { calendar } = world
  const order = new OrderStory(world, {
    key: 'paid',
    customer,
    lines: [itemLine(item('Афиша концерта')), itemLine(item('Обложка сообщества'))],
    at: calendar.at(1, '16:10'),
    address: ANNAS_ADDRESS,
  })
  order.pay(calendar.at(1, '16:12'))
  order.talk
    .say(calendar.at(1, '16:30'), customer, 'Файлы скачались. А есть ли версия афиши без даты?')
    .say(calendar.at(1, '17:05'), timur, 'Есть, пришлю сюда завтра утром.')
}

function tellCreated({ world, people: { customer }, item, generations }: DemoCast): void {
  const { calendar } = world
  new OrderStory(world, {
    key: 'created',
    customer,
    lines: [banner(generations.bread, ['Логотип', 'Заголовок', 'Адрес']), itemLine(item('Ростовая фигура «Бариста»'))],
    // Unpaid orders last a day: one told from midnight would be gone by the evening.
    at: calendar.minutesAgo(12),
    idsAt: calendar.at(0),
    address: ANNAS_ADDRESS,
    deadlineDays: 5,
    note: 'Позвоните за час до доставки.',
  })
}

const banner = (generation: DemoCast['generations']['bread'], elements: readonly string[]): StoryLine => ({
  generation,
  productType: 'BANNER',
  quantity: 1,
  elements,
  widthMm: 2_000,
  heightMm: 1_125,
})
