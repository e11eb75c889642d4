import { setTimeout as sleep } from 'node:timers/promises'
import { newId } from '../../src/kernel/ids.js'
import type { SeededRandom } from '../simulators/seeded-random.js'
import { insist } from './insist.js'
import type { Person, RealtimeWorld } from './realtime-world.js'

const PLACE = /* GraphQL */ `
  mutation RealtimePlace($input: CreateOrderInput!) {
    createOrder(input: $input) { id lastEventCursor lastMessageCursor }
  }`
const PAY = /* GraphQL */ `
  mutation RealtimePay($input: PayOrderInput!) { payOrder(input: $input) { status } }`
const SEE = /* GraphQL */ `
  query RealtimeSee($id: UUID!) { order(id: $id) { status factory { id } } }`
const ADVANCE = /* GraphQL */ `
  mutation RealtimeAdvance($id: UUID!, $stage: ProductionStage!) {
    advanceProduction(orderId: $id, stage: $stage) { id }
  }`
const SHIP = /* GraphQL */ `
  mutation RealtimeShip($id: UUID!) { shipOrder(orderId: $id, trackingNumber: "RA123456785RU") { id } }`
const COMPLETE = /* GraphQL */ `
  mutation RealtimeComplete($id: UUID!) { completeOrder(id: $id) { id } }`
const SAY = /* GraphQL */ `
  mutation RealtimeSay($input: SendMessageInput!) { sendMessage(input: $input) { id } }`
const DEPOSIT = /* GraphQL */ `
  mutation RealtimeDeposit { deposit(input: { amount: 50000000, provider: SANDBOX }) { confirmationUrl } }`
const BALANCE = /* GraphQL */ `
  query RealtimeBalance { me { balance { amount } } }`

const STAGES = ['IN_PROGRESS', 'QUALITY_CHECK', 'READY']
const REPEATED = ['INVALID_TRANSITION']

export interface PlacedOrder {
  readonly id: string
  readonly customer: Person
  readonly lastEventCursor: string
  readonly lastMessageCursor: string
}

/** What customers, factories and staff do with orders, through whichever replica answers. */
export class OrderLives {
  constructor(
    private readonly world: RealtimeWorld,
    private readonly random: SeededRandom,
  ) {}

  /** Puts money for some hundred orders on the customer's balance. */
  async fillBalance(customer: Person): Promise<void> {
    const { deposit } = await this.get<{ deposit: { confirmationUrl: string } }>(customer, DEPOSIT, {})
    const page = deposit.confirmationUrl.replace('localhost', '127.0.0.1')
    await fetch(page, { method: 'POST', body: new URLSearchParams({ action: 'pay' }), redirect: 'manual' })
    for (let looks = 0; looks < 300; looks++) {
      const { me } = await this.get<{ me: { balance: { amount: number } } }>(customer, BALANCE, {})
      if (me.balance.amount > 0) return
      await sleep(100)
    }
    throw new Error('a deposit did not arrive')
  }

  async place(customer: Person, factoryId: string | null = null): Promise<PlacedOrder> {
    const input = {
      lines: [{ itemId: this.world.itemId, print: { widthMm: 1_000, heightMm: 500, material: 'Vinyl 440 g' } }],
      deliveryAddress: {
        recipient: 'Ivan Petrov',
        phone: '+79991234567',
        city: 'Tver',
        street: 'Sovetskaya 1',
        postalCode: '170000',
      },
      idempotencyKey: newId(),
      factoryId,
    }
    const { createOrder } = await this.get<{ createOrder: Omit<PlacedOrder, 'customer'> }>(customer, PLACE, { input })
    return { ...createOrder, customer }
  }

  /** @returns whoever prints it */
  async pay({ id, customer }: PlacedOrder): Promise<Person> {
    const input = { orderId: id, provider: 'BALANCE', idempotencyKey: newId() }
    await insist(customer, this.random, { document: PAY, variables: { input }, done: REPEATED })
    // A job that a killed process held is taken up within a minute.
    for (let looks = 0; looks < 1_800; looks++) {
      const { order } = await this.get<{ order: { status: string; factory: { id: string } | null } }>(customer, SEE, {
        id,
      })
      const printer = this.world.people.staff.find(({ factoryId }) => factoryId === order.factory?.id)
      if (printer) return printer
      await sleep(100)
    }
    throw new Error(`order ${id} was paid and came to no factory`)
  }

  /** From the factory's first stage to the end, with talk in between. */
  async produce(order: PlacedOrder, printer: Person): Promise<void> {
    const { id } = order
    const { manager } = this.world.people
    for (const stage of STAGES) {
      await this.act(printer, ADVANCE, { id, stage })
      await this.talk(order, this.random.pick([printer, manager]))
    }
    await this.act(printer, SHIP, { id })
    await this.talk(order, printer)
    await this.act(manager, COMPLETE, { id })
  }

  async talk({ id }: PlacedOrder, person: Person): Promise<void> {
    const input = { orderId: id, body: `It goes on: ${this.random.text(8)}`, clientMessageId: newId() }
    await this.get(person, SAY, { input })
    await sleep(this.random.below(300))
  }

  private async act(person: Person, document: string, variables: Record<string, unknown>): Promise<void> {
    await insist(person, this.random, { document, variables, done: REPEATED })
    await sleep(this.random.below(300))
  }

  private async get<Data>(person: Person, document: string, variables: Record<string, unknown>): Promise<Data> {
    return (await insist<Data>(person, this.random, { document, variables })) as Data
  }
}
