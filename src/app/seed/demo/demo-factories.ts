import type { Prisma } from '../../../generated/prisma/client.js'
import { demoId } from './demo-calendar.js'
import type { DemoWorld } from './demo-world.js'

export interface DemoFactory {
  readonly id: string
  readonly leadTimeDays: number
  readonly row: Prisma.FactoryCreateManyInput
}

export interface DemoFactories {
  /** Where factory@adtime.test works. Large and nearly idle, so that new orders come here whatever is printed. */
  readonly dvor: DemoFactory
  readonly neva: DemoFactory
  readonly ural: DemoFactory
}

type Facts = Omit<Prisma.FactoryCreateManyInput, 'id' | 'createdAt' | 'leadTimeDays'> & {
  readonly leadTimeDays: number
}

/** The factories. Their load is counted as orders come to them. */
export function tellFactories(world: DemoWorld): DemoFactories {
  const tell = (key: string, daysAgo: number, facts: Facts): DemoFactory => {
    const createdAt = world.calendar.at(daysAgo, '08:00')
    const row = { id: demoId(createdAt, `factory ${key}`), currentLoad: 0, ...facts, createdAt }
    world.rows.factories.push(row)
    return { id: row.id, leadTimeDays: facts.leadTimeDays, row }
  }
  return {
    dvor: tell('dvor', 360, {
      name: 'Печатный двор',
      location: 'Москва',
      specializations: ['BANNER', 'STANDEE', 'BILLBOARD'],
      rating: 4.9,
      capacity: 500,
      leadTimeDays: 5,
      serviceLevel: 5,
      contactEmail: 'factory@adtime.test',
    }),
    neva: tell('neva', 355, {
      name: 'НеваПринт',
      location: 'Санкт-Петербург',
      specializations: ['BANNER', 'BILLBOARD'],
      rating: 4.6,
      capacity: 8,
      leadTimeDays: 7,
      serviceLevel: 4,
      contactEmail: 'neva@adtime.test',
    }),
    ural: tell('ural', 352, {
      name: 'УралБаннер',
      location: 'Екатеринбург',
      specializations: ['BANNER', 'STANDEE'],
      rating: 4.3,
      capacity: 6,
      leadTimeDays: 9,
      serviceLevel: 3,
      contactEmail: 'ural@adtime.test',
    }),
  }
}
