import type { TestAccount } from '../testkit/account.js'
import { addOrder } from '../testkit/shop-rows.js'
import { ORDERS } from './money-steps.js'
import type { MoneyWorld } from './money-world.js'

const CUSTOMERS = 2

/** Orders that a script acts on, and what was asked of them. */
export interface Scene {
  readonly customers: readonly TestAccount[]
  readonly orders: readonly SceneOrder[]
  /** Answers that say that we are broken. Without a crash there is no excuse for one. */
  readonly failures: string[]
  hasCrashed: boolean
}

export interface SceneOrder {
  readonly id: string
  readonly customer: TestAccount
  readonly keys: string[]
  /** The parts that staff chose to give back when they called it off; null is everything. */
  readonly chosen: (number | null)[]
  /** The keys under which staff gave money back of it. */
  readonly refundKeys: string[]
}

/** Fresh orders of a few customers; the last one is a file to download, which completes as it is paid. */
export async function openScene({ database: { prisma }, openAccount, items, clock }: MoneyWorld): Promise<Scene> {
  const customers = await Promise.all(Array.from({ length: CUSTOMERS }, () => openAccount()))
  const orders: SceneOrder[] = []
  for (let index = 0; index < ORDERS; index++) {
    const customer = customers[index % CUSTOMERS] as TestAccount
    const isDigital = index === ORDERS - 1
    const id = await addOrder(prisma, {
      customerId: customer.id,
      itemIds: isDigital ? [items.file] : Array.from({ length: (index % 3) + 1 }, () => items.banner),
      status: 'CREATED',
      createdAt: clock.now(),
    })
    if (isDigital) await prisma.orderLine.updateMany({ where: { orderId: id }, data: { productType: 'DIGITAL' } })
    orders.push({ id, customer, keys: [], chosen: [], refundKeys: [] })
  }
  return { customers, orders, failures: [], hasCrashed: false }
}
