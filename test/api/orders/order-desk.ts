import { newId } from '../../../src/kernel/ids.js'
import { openAccount, type TestAccount } from '../../testkit/account.js'
import { startTestServer, type TestServer, type TestServerOptions } from '../../testkit/server.js'
import { addItem } from '../../testkit/shop-rows.js'
import { CREATE, ORDER, type OrderView, PAY } from './operations.js'

export const address = {
  recipient: 'Ivan Petrov',
  phone: '+79991234567',
  city: 'Tver',
  street: 'Sovetskaya 1',
  postalCode: '170000',
}
export const print = { widthMm: 1_000, heightMm: 500, material: 'Vinyl 440 g' }

interface FactoryFacts {
  readonly capacity?: number
  readonly currentLoad?: number
  readonly serviceLevel?: number
  readonly rating?: number
  readonly isActive?: boolean
  readonly specializations?: ('BANNER' | 'STANDEE' | 'BILLBOARD')[]
}

/** A shop with one designer and one customer, and what a test does there all the time. */
export class OrderDesk {
  constructor(
    readonly server: TestServer,
    readonly designer: TestAccount,
    readonly customer: TestAccount,
  ) {}

  get prisma() {
    return this.server.platform.database.prisma
  }

  /** Prints everything unless told otherwise, with a lead time of 5 days. */
  async addFactory(facts: FactoryFacts = {}): Promise<string> {
    const { id } = await this.prisma.factory.create({
      data: {
        id: newId(),
        name: 'A factory',
        location: 'Tver',
        specializations: ['BANNER', 'STANDEE', 'BILLBOARD'],
        rating: 4,
        capacity: 10,
        serviceLevel: 3,
        leadTimeDays: 5,
        createdAt: new Date(),
        ...facts,
      },
    })
    return id
  }

  /** No factory takes orders any more, so that what follows is alone with its own. */
  async closeFactories(): Promise<void> {
    await this.prisma.factory.updateMany({ data: { isActive: false } })
  }

  staffOf(factoryId: string): Promise<TestAccount> {
    return openAccount(this.server, 'FACTORY', { factoryId })
  }

  /** A COMPLETED generation of the customer with one square PNG. @returns its id */
  async addGeneration(ownerId = this.customer.id, side = 1_024): Promise<string> {
    const id = newId()
    const createdAt = new Date()
    const asset = {
      ownerId,
      purpose: 'GENERATION',
      contentType: 'image/png',
      byteSize: 1,
      width: side,
      height: side,
      sha256: '00',
      createdAt,
    } as const
    await this.prisma.generation.create({
      data: {
        id,
        ownerId,
        status: 'COMPLETED',
        prompt: 'A red fox reads a newspaper',
        model: 'test',
        width: side,
        height: side,
        imageCount: 1,
        createdAt,
        images: { create: { position: 0, asset: { create: { id: newId(), storageKey: newId(), ...asset } } } },
      },
    })
    return id
  }

  addItem(facts: Partial<Parameters<typeof addItem>[1]> = {}): Promise<string> {
    return addItem(this.prisma, { designerId: this.designer.id, ...facts })
  }

  /** An order of one new banner item, unless told otherwise. */
  async place(input: Record<string, unknown> = {}, { client } = this.customer): Promise<OrderView> {
    const lines = input.lines ?? [{ itemId: await this.addItem(), print }]
    const { createOrder } = await client.get<{ createOrder: OrderView }>(CREATE, {
      input: { deliveryAddress: address, ...input, lines },
    })
    return createOrder
  }

  /** Pays at the sandbox's page, as a customer does. */
  async pay(orderId: string, action = 'pay', { client } = this.customer): Promise<void> {
    const { payOrder } = await client.get<{ payOrder: { confirmationUrl: string } }>(PAY, { input: { orderId } })
    await this.checkout(payOrder.confirmationUrl, action)
  }

  async checkout(confirmationUrl: string, action = 'pay'): Promise<void> {
    const response = await fetch(confirmationUrl, {
      method: 'POST',
      body: new URLSearchParams({ action }),
      redirect: 'manual',
    })
    // Unread, it would keep its socket.
    await response.text()
    if (response.status >= 400) throw new Error(`the checkout answered ${response.status}`)
  }

  async see(id: string, { client } = this.customer): Promise<OrderView> {
    return (await client.get<{ order: OrderView }>(ORDER, { id })).order
  }

  /** The order once `enough` holds of it. @throws after ten seconds, with what it was then */
  async until(id: string, enough: (order: OrderView) => boolean): Promise<OrderView> {
    const giveUpAt = Date.now() + 10_000
    for (;;) {
      const order = await this.see(id)
      if (enough(order)) return order
      if (Date.now() > giveUpAt) throw new Error(`the order did not get there: ${JSON.stringify(order)}`)
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
  }

  /** A paid order at its factory. */
  async placeAndPay(input: Record<string, unknown> = {}): Promise<OrderView> {
    const { id } = await this.place(input)
    await this.pay(id)
    return this.until(id, ({ status }) => status === 'PRODUCTION')
  }
}

export async function openOrderDesk(options?: TestServerOptions): Promise<OrderDesk> {
  const server = await startTestServer(options)
  return new OrderDesk(server, await openAccount(server, 'DESIGNER'), await openAccount(server))
}
