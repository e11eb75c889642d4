import type { DemoFactories } from './demo-factories.js'
import type { tellGenerations } from './demo-generations.js'
import type { DemoItem } from './demo-items.js'
import type { DemoPeople } from './demo-people.js'
import type { DemoWorld } from './demo-world.js'

/** Who and what the orders are about. */
export interface DemoCast {
  readonly world: DemoWorld
  readonly people: DemoPeople
  readonly factories: DemoFactories
  /** A published item by the beginning of its title. */
  readonly item: (title: string) => DemoItem
  readonly published: readonly DemoItem[]
  readonly generations: ReturnType<typeof tellGenerations>
}

export const ANNAS_ADDRESS = {
  recipient: 'Анна Смирнова',
  phone: '+79161234567',
  country: 'RU',
  city: 'Москва',
  street: 'ул. Покровка, 17, кв. 42',
  postalCode: '101000',
  comment: 'Домофон 42, после 18:00',
}
