import type { Role } from '../../../generated/prisma/enums.js'
import type { PasswordRecord } from '../../../modules/auth/index.js'
import { demoId } from './demo-calendar.js'
import type { DemoFactories, DemoFactory } from './demo-factories.js'
import type { DemoWorld } from './demo-world.js'

export interface DemoPerson {
  readonly id: string
  readonly role: Role
}

const CAST = {
  customer: { name: 'Анна Смирнова', role: 'USER', joined: 210 },
  designer: { name: 'Илья Воронцов', role: 'DESIGNER', joined: 330 },
  factory: { name: 'Сергей Кузнецов', role: 'FACTORY', joined: 345, worksAt: 'dvor' },
  manager: { name: 'Мария Соколова', role: 'MANAGER', joined: 350 },
  admin: { name: 'Дмитрий Орлов', role: 'ADMIN', joined: 365 },
  olga: { name: 'Ольга Белова', role: 'DESIGNER', joined: 300 },
  timur: { name: 'Тимур Гареев', role: 'DESIGNER', joined: 280 },
  vera: { name: 'Вера Лескова', role: 'DESIGNER', joined: 260 },
  elena: { name: 'Елена Крылова', role: 'USER', joined: 240 },
  pavel: { name: 'Павел Антонов', role: 'USER', joined: 230 },
  nikita: { name: 'Никита Зуев', role: 'USER', joined: 220 },
  darya: { name: 'Дарья Мельник', role: 'USER', joined: 205 },
  neva: { name: 'Виктор Лаптев', role: 'FACTORY', joined: 340, worksAt: 'neva' },
  ural: { name: 'Галина Ершова', role: 'FACTORY', joined: 335, worksAt: 'ural' },
} as const satisfies Record<string, { name: string; role: Role; joined: number; worksAt?: 'dvor' | 'neva' | 'ural' }>

export type DemoPeople = Readonly<Record<keyof typeof CAST, DemoPerson>>

/** Everybody, each as `<key>@adtime.test`, all with the same password. */
export function tellPeople(world: DemoWorld, factories: DemoFactories, password: PasswordRecord): DemoPeople {
  const people = Object.entries(CAST).map(([key, person]) => {
    const { name, role, joined } = person
    const createdAt = world.calendar.at(joined, '09:00')
    const id = demoId(createdAt, `person ${key}`)
    const worksAt: DemoFactory | null = 'worksAt' in person ? factories[person.worksAt] : null
    const email = `${key}@adtime.test`
    world.rows.users.push({
      id,
      email,
      emailVerifiedAt: createdAt,
      displayName: name,
      role,
      factoryId: worksAt?.id ?? null,
      createdAt,
    })
    world.rows.credentials.push({ userId: id, ...password, updatedAt: createdAt })
    return [key, { id, role }] as const
  })
  return Object.fromEntries(people) as DemoPeople
}
