import { join } from 'node:path'
import type { Clock } from '../../kernel/clock.js'
import { AssetStore, diskStorage } from '../../modules/assets/index.js'
import { PasswordHasher, type PasswordRecord } from '../../modules/auth/index.js'
import type { Config } from '../../platform/config/config.js'
import type { Secrets } from '../../platform/config/secrets.js'
import type { Database } from '../../platform/database/database.js'
import { inTransaction } from '../../platform/database/transaction.js'
import { bookMovements } from './demo/book-movements.js'
import { DemoCalendar } from './demo/demo-calendar.js'
import { tellFactories } from './demo/demo-factories.js'
import { tellFavorites } from './demo/demo-favorites.js'
import { tellGenerations } from './demo/demo-generations.js'
import { tellItems } from './demo/demo-items.js'
import { tellOrders } from './demo/demo-orders.js'
import { tellPeople } from './demo/demo-people.js'
import { drawPictures } from './demo/demo-pictures.js'
import { insertRows } from './demo/demo-rows.js'
import { tellSales } from './demo/demo-sales.js'
import { DemoWorld } from './demo/demo-world.js'
import { numberEvents } from './demo/number-events.js'
import { rateItems } from './demo/rate-items.js'

/** Of every account that a seed makes. */
export const SEED_PASSWORD = 'Adtime-demo-1'

export interface DemoSeeding {
  readonly config: Pick<Config, 'dataDir'>
  readonly secrets: Pick<Secrets, 'passwordPeppers'>
  readonly database: Database
  readonly clock: Clock
  readonly say: (line: string) => void
}

/** Fills an empty, migrated database with the demo: files first, then every row in one transaction. */
export async function seedDemo({ config, secrets, database, clock, say }: DemoSeeding): Promise<void> {
  const begun = Date.now()
  say('The database is empty: making the demo')
  const password = await new PasswordHasher(secrets.passwordPeppers).hash(SEED_PASSWORD)
  const world = tellDemo(new DemoCalendar(clock.now()), password)
  const store = new AssetStore(diskStorage(join(config.dataDir, 'assets')), database, clock)
  world.rows.assets.push(...(await drawPictures(world.pictures, store, say)))
  await inTransaction(database, ({ prisma }) => insertRows(prisma, world.rows))
  const { users, items, orders } = world.rows
  const seconds = ((Date.now() - begun) / 1_000).toFixed(1)
  say(`The demo is ready: ${users.length} accounts, ${items.length} designs, ${orders.length} orders, in ${seconds} s`)
}

/** All of the demo, as rows and as pictures to draw. The same for the same day and password. */
export function tellDemo(calendar: DemoCalendar, password: PasswordRecord): DemoWorld {
  const world = new DemoWorld(calendar)
  const factories = tellFactories(world)
  const people = tellPeople(world, factories, password)
  const items = tellItems(world, people)
  const generations = tellGenerations(world, people)
  const published = items.filter(({ status }) => status === 'PUBLISHED')
  const item = (title: string) => {
    const found = published.find((one) => one.title.startsWith(title))
    if (!found) throw new Error(`the demo publishes no design "${title}"`)
    return found
  }
  const cast = { world, people, factories, item, published, generations }
  tellOrders(cast)
  tellSales(cast)
  tellFavorites(cast)
  rateItems(items, world.rows)
  numberEvents(world)
  bookMovements(world)
  return world
}
