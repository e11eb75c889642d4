import type { ProductType } from '../../../generated/prisma/enums.js'
import { demoNumber } from './demo-calendar.js'
import type { DemoCast } from './demo-cast.js'
import type { DemoItem } from './demo-items.js'
import type { DemoPerson } from './demo-people.js'
import { OrderStory } from './order-story.js'
import { RATINGS, REPLIES, WORDS } from './review-words.js'
import { itemLine } from './story-line.js'

const ADDRESSES = [
  {
    recipient: 'Елена Крылова',
    phone: '+79217654321',
    country: 'RU',
    city: 'Санкт-Петербург',
    street: 'Литейный пр., 36, кв. 8',
    postalCode: '191014',
  },
  {
    recipient: 'Павел Антонов',
    phone: '+79031112233',
    country: 'RU',
    city: 'Казань',
    street: 'ул. Баумана, 9',
    postalCode: '420111',
  },
  {
    recipient: 'Никита Зуев',
    phone: '+79604445566',
    country: 'RU',
    city: 'Нижний Новгород',
    street: 'ул. Рождественская, 24, кв. 3',
    postalCode: '603001',
  },
  {
    recipient: 'Дарья Мельник',
    phone: '+79138887766',
    country: 'RU',
    city: 'Новосибирск',
    street: 'Красный пр., 50, оф. 12',
    postalCode: '630091',
  },
] as const

// How many sales an item has, dealt out in turn: some are popular, some have none yet.
const SALES = [3, 1, 2, 0, 2, 1, 3, 1]
const MOST_UNREVIEWED = 6

/** What other customers bought: the ratings of the marketplace, and the load of the factories. */
export function tellSales(cast: DemoCast): void {
  for (const [index, item] of cast.published.entries())
    for (let sale = 0; sale < (SALES[index % SALES.length] ?? 0); sale++) tellSale(cast, item, index, sale)
  tellWork(cast)
}

function tellSale({ world, people, factories }: DemoCast, item: DemoItem, index: number, sale: number): void {
  const { calendar } = world
  const key = `sale ${sale} of ${item.title}`
  const buyers = [people.elena, people.pavel, people.nikita, people.darya]
  const turn = (index + sale) % buyers.length
  const customer = buyers[turn] ?? people.elena
  const days = 21 + demoNumber(key, 120)
  const address = ADDRESSES[turn] ?? ADDRESSES[0]
  const order = new OrderStory(world, {
    key,
    customer,
    lines: [itemLine(item, 1 + demoNumber(`${key} pieces`, 2))],
    at: calendar.at(days, '11:00'),
    address,
  })
  order.pay(calendar.at(days, '11:04'))
  if (item.productType === 'DIGITAL') order.complete(calendar.at(days, '11:04'), null)
  else {
    const { factory, staff } = pressFor(item.productType, index + sale, { people, factories })
    const parcel = `RC${String(100_000_000 + demoNumber(key, 900_000_000))}RU`
    order.assign(calendar.at(days, '11:05'), factory)
    order.ship(calendar.at(days - 5, '15:00'), staff, parcel).complete(calendar.at(days - 10, '18:00'), customer)
  }
  if (demoNumber(`${key} silent`, MOST_UNREVIEWED) === 0) return
  const rating = RATINGS[demoNumber(`${key} rating`, RATINGS.length)] ?? 5
  const words = WORDS[rating] ?? []
  const reply =
    rating <= 3 ? { at: calendar.at(days - 12, '10:00'), text: REPLIES[index % REPLIES.length] ?? '' } : undefined
  order.review(calendar.at(days - 11, '20:00'), rating, words[demoNumber(`${key} words`, words.length)] ?? null, reply)
}

function pressFor(type: ProductType, turn: number, { people, factories }: Pick<DemoCast, 'people' | 'factories'>) {
  const dvor = { factory: factories.dvor, staff: people.factory }
  const neva = { factory: factories.neva, staff: people.neva }
  const ural = { factory: factories.ural, staff: people.ural }
  const presses = type === 'BANNER' ? [dvor, neva, ural] : type === 'STANDEE' ? [dvor, ural] : [dvor, neva]
  return presses[turn % presses.length] ?? dvor
}

/** Orders that keep the smaller factories busy, one of them in trouble. */
function tellWork(cast: DemoCast): void {
  const { world, factories, item, generations } = cast
  const { elena, pavel, nikita, darya, neva, ural, manager } = cast.people
  const { calendar } = world
  const place = (customer: DemoPerson, who: 0 | 1 | 2 | 3, title: string, daysAgo: number) =>
    new OrderStory(world, {
      key: `work ${title}`,
      customer,
      lines: [itemLine(item(title))],
      at: calendar.at(daysAgo, '13:00'),
      address: ADDRESSES[who],
    }).pay(calendar.at(daysAgo, '13:05'))
  place(elena, 0, 'Щит горнолыжного курорта', 3)
    .assign(calendar.at(3, '13:06'), factories.neva)
    .stage(calendar.at(2, '09:00'), 'IN_PROGRESS', neva)
  place(darya, 3, 'Баннер языковой школы', 2).assign(calendar.at(2, '13:06'), factories.neva)
  place(nikita, 2, 'Стойка музея', 5)
    .assign(calendar.at(5, '13:06'), factories.ural)
    .stage(calendar.at(4, '09:00'), 'IN_PROGRESS', ural)
  const race = new OrderStory(world, {
    key: 'work race',
    customer: pavel,
    lines: [
      {
        generation: generations.race,
        productType: 'BANNER',
        quantity: 3,
        elements: ['Логотип'],
        widthMm: 2_000,
        heightMm: 1_125,
      },
    ],
    at: calendar.at(6, '13:00'),
    address: ADDRESSES[1],
  })
  race.pay(calendar.at(6, '13:05')).assign(calendar.at(6, '13:06'), factories.ural)
  race
    .stage(calendar.at(5, '09:00'), 'IN_PROGRESS', ural)
    .stage(calendar.at(2, '17:00'), 'FAILED', ural, 'Сломалась печатная головка')
  race.talk
    .say(
      calendar.at(2, '17:05'),
      ural,
      'Сломалась печатная головка, в срок не успеваем. Просим передать заказ другой фабрике.',
    )
    .say(calendar.at(2, '17:40'), manager, 'Павел, подбираем другую фабрику, срок постараемся сохранить.')
}
