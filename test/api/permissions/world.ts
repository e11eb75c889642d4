import type {
  GenerationStatus,
  OrderStatus,
  ProductionStage,
  ProductType,
} from '../../../src/generated/prisma/enums.js'
import { addDays } from '../../../src/kernel/clock.js'
import { newId } from '../../../src/kernel/ids.js'
import { TestClient } from '../../testkit/client.js'
import type { TestServer } from '../../testkit/server.js'
import { addAsset, addFactory, addItem, addOrder } from '../../testkit/shop-rows.js'
import { address, print } from '../orders/order-desk.js'
import { type Caller, Casting, type Workplaces } from './cast.js'
import type { ViewerName } from './viewers.js'

const PLENTY = 100_000

/** Rows that stay as they are, for calls that only look. */
interface Standing {
  readonly order: string
  readonly generation: string
  readonly payment: string
  readonly item: string
  readonly draft: string
  /** The beginning of the chat of `order`. */
  readonly chatStart: string
}

/** A shop around one customer, the owner of everything that is not said to be somebody else's. */
export class World {
  private constructor(
    readonly server: TestServer,
    readonly workplaces: Workplaces,
    readonly casting: Casting,
    readonly cast: Readonly<Record<ViewerName, Caller>>,
    readonly standing: Standing,
  ) {}

  static async open(server: TestServer): Promise<World> {
    const { prisma } = server.platform.database
    const workplaces = { own: await addFactory(prisma), foreign: await addFactory(prisma) }
    // Orders come and go in rows that count no load.
    await prisma.factory.updateMany({ data: { capacity: PLENTY, currentLoad: PLENTY / 2 } })
    const casting = await Casting.open(server, workplaces)
    const cast = await casting.all()
    const standing: Standing = { order: '', generation: '', payment: '', chatStart: '', item: '', draft: '' }
    const empty = new World(server, workplaces, casting, cast, standing)
    const designerId = cast.designer.id
    const item = await addItem(prisma, { designerId })
    const draft = await addItem(prisma, { designerId, status: 'DRAFT' })
    const withItem = new World(server, workplaces, casting, cast, { ...standing, item, draft })
    const order = await withItem.addOrder('PRODUCTION', 'QUEUED')
    const { order: read } = await new TestClient(server, cast.owner.token).get<{
      order: { lastMessageCursor: string }
    }>('query ChatStart($id: UUID!) { order(id: $id) { lastMessageCursor } }', { id: order })
    return new World(server, workplaces, casting, cast, {
      item,
      draft,
      order,
      chatStart: read.lastMessageCursor,
      generation: await empty.addGeneration('COMPLETED'),
      payment: await empty.addPayment(order),
    })
  }

  get prisma() {
    return this.server.platform.database.prisma
  }

  /** The owner's order of the designer's item, with a picture of the owner's, at the factory once it is in production. @returns its id */
  async addOrder(
    status: OrderStatus,
    productionStage: ProductionStage | null = null,
    productType: ProductType = 'BANNER',
  ): Promise<string> {
    const isAssigned = productionStage !== null
    const id = await addOrder(this.prisma, {
      customerId: this.cast.owner.id,
      itemIds: [this.standing.item],
      // Until it has nothing to print, or the clock's job would bring it to a factory.
      status: productType === 'DIGITAL' ? 'CREATED' : status,
      productionStage,
      factoryId: isAssigned ? this.workplaces.own : null,
      deliveryAddress: { ...address, country: 'RU' },
      note: 'Ring twice',
      subtotalAmount: 200_000n,
      totalAmount: 200_000n,
      // Now, or it would soon be cancelled for not being paid.
      createdAt: new Date(),
    })
    const generationId = await this.addGeneration('COMPLETED')
    await this.prisma.orderLine.create({
      data: {
        id: newId(),
        orderId: id,
        position: 1,
        generationId,
        title: 'A picture',
        productType,
        quantity: 1,
        unitAmount: 100_000n,
        totalAmount: 100_000n,
      },
    })
    if (productType === 'DIGITAL') {
      await this.prisma.orderLine.updateMany({ where: { orderId: id }, data: { productType } })
      await this.prisma.order.update({ where: { id }, data: { status } })
    }
    return id
  }

  async addGeneration(status: GenerationStatus): Promise<string> {
    const [id, ownerId] = [newId(), this.cast.owner.id]
    const isDrawn = status === 'COMPLETED'
    await this.prisma.generation.create({
      data: {
        id,
        ownerId,
        status,
        prompt: 'A red fox reads a newspaper',
        model: 'builtin',
        width: 256,
        height: 256,
        imageCount: 1,
        createdAt: new Date(),
        ...(isDrawn && { images: { create: { position: 0, assetId: await addAsset(this.prisma, ownerId) } } }),
      },
    })
    return id
  }

  /** Has somebody have PRO, paid for; a visitor is nobody. */
  async givePlan(userId: string): Promise<void> {
    if ((await this.prisma.user.count({ where: { id: userId } })) === 0) return
    const paidFrom = new Date()
    const paidUntil = addDays(paidFrom, 30)
    const paid = { paidFrom, paidUntil, periodStart: paidFrom, periodEnd: paidUntil, autoRenew: true }
    const plan = { tier: 'PRO' as const, remainingGenerations: 50, ...paid }
    await this.prisma.planSubscription.upsert({
      where: { userId },
      create: { id: newId(), userId, ...plan },
      update: plan,
    })
  }

  /** Has somebody have one banner in their cart; a visitor is nobody. */
  async fillCart(userId: string): Promise<void> {
    if ((await this.prisma.user.count({ where: { id: userId } })) === 0) return
    const line = { itemId: this.standing.item, quantity: 1, unitAmount: 100_000n, print }
    const lines = { create: { id: newId(), ...line } }
    await this.prisma.cart.upsert({
      where: { userId },
      create: { userId, updatedAt: new Date(), lines },
      update: { lines: { deleteMany: {}, ...lines } },
    })
  }

  /** A PENDING one of the owner. @returns its id */
  async addPayment(orderId: string): Promise<string> {
    const [id, now] = [newId(), new Date()]
    await this.prisma.payment.create({
      data: {
        id,
        userId: this.cast.owner.id,
        provider: 'SANDBOX',
        purpose: 'ORDER',
        referenceId: orderId,
        amount: 100_000n,
        description: 'An order',
        idempotenceKey: newId(),
        createdAt: now,
        expiresAt: new Date(now.getTime() + 3_600_000),
      },
    })
    return id
  }

  /** One of the owner that was paid. @returns its id */
  async addPaidPayment(): Promise<string> {
    const id = await this.addPayment(await this.addOrder('PRODUCTION', 'QUEUED'))
    await this.prisma.payment.update({
      where: { id },
      data: { status: 'SUCCEEDED', providerPaymentId: id, paidAt: new Date() },
    })
    return id
  }

  /** The owner's, of the designer's item. @returns its id */
  async addReview(): Promise<string> {
    const id = newId()
    const orderId = await this.addOrder('COMPLETED', 'READY')
    await this.prisma.review.create({
      data: { id, orderId, authorId: this.cast.owner.id, itemId: this.standing.item, rating: 5, createdAt: new Date() },
    })
    return id
  }

  /** What the owner said just now in the chat of `order`. @returns its id */
  async addMessage(): Promise<string> {
    const input = { orderId: this.standing.order, body: 'Hello' }
    const { sendMessage } = await new TestClient(this.server, this.cast.owner.token).get<{
      sendMessage: { id: string }
    }>('mutation AddMessage($input: SendMessageInput!) { sendMessage(input: $input) { id } }', { input })
    return sendMessage.id
  }

  /** One of the owner, unread. @returns its id */
  async addNotification(): Promise<string> {
    const id = newId()
    const [userId, number] = [this.cast.owner.id, BigInt(`0x${id.slice(-12)}`)]
    const words = { title: 'An order is paid', body: 'We have received the payment.' }
    await this.prisma.notification.create({
      data: { id, userId, number, type: 'ORDER', event: 'order.paid', source: id, ...words, createdAt: new Date() },
    })
    return id
  }

  /** A webhook that was given up. @returns its id */
  async addDelivery(): Promise<string> {
    const id = newId()
    await this.prisma.webhookDelivery.create({
      data: {
        id,
        provider: 'SANDBOX',
        eventId: id,
        eventType: 'payment.succeeded',
        status: 'FAILED',
        body: {},
        receivedAt: new Date(),
      },
    })
    return id
  }
}
