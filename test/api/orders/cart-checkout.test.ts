import { describe, expect, it } from 'vitest'
import { newId } from '../../../src/kernel/ids.js'
import { openCartDesk, type Shopper } from './cart-desk.js'
import { CREATE, type OrderView } from './operations.js'
import { address, print } from './order-desk.js'

const { desk, enter } = await openCartDesk()
const { prisma } = desk
const reprice = (id: string, priceAmount: bigint) =>
  prisma.marketplaceItem.update({ where: { id }, data: { priceAmount } })
const withdraw = (id: string) => prisma.marketplaceItem.update({ where: { id }, data: { status: 'ARCHIVED' } })

const order = async (shopper: Shopper, input: Record<string, unknown> = {}): Promise<OrderView> => {
  const { data, errors } = await shopper.checkout(input)
  if (!data) throw new Error(JSON.stringify(errors))
  return data.checkoutCart
}
const ordersOf = ({ id }: Shopper) => prisma.order.count({ where: { customerId: id } })

describe('checkoutCart', () => {
  it('places the order that createOrder places with the same lines, and empties the cart', async () => {
    const shopper = await enter()
    const requestedFactoryId = await desk.addFactory()
    const [banner, file] = [await desk.addItem(), await desk.addItem({ productType: 'DIGITAL', priceAmount: 30_000n })]
    await shopper.set(banner, 3, print)
    await shopper.set(file, 1)
    const terms = { deadlineDays: 5, note: 'Ring twice', factoryId: requestedFactoryId }
    const placed = await order(shopper, terms)
    const lines = [
      { itemId: banner, quantity: 3, print },
      { itemId: file, quantity: 1 },
    ]
    const { createOrder } = await shopper.client.get<{ createOrder: OrderView }>(CREATE, {
      input: { lines, deliveryAddress: address, ...terms },
    })
    expect(placed).toMatchObject({ status: 'CREATED', rushFee: { amount: 20_000 }, total: { amount: 350_000 } })
    const rows = await Promise.all(
      [placed, createOrder].map(({ id }) =>
        prisma.order.findUniqueOrThrow({
          where: { id },
          omit: { id: true, number: true, createdAt: true, updatedAt: true },
          include: {
            lines: { orderBy: { position: 'asc' }, omit: { id: true, orderId: true } },
            events: { omit: { id: true, orderId: true, occurredAt: true } },
          },
        }),
      ),
    )
    expect(rows[0]).toMatchObject({ requestedFactoryId, deadlineDays: 5, events: [{ type: 'CREATED' }] })
    expect(rows[0]).toEqual(rows[1])
    expect(await shopper.see()).toMatchObject({ lines: [], itemCount: 0, subtotal: { amount: 0 } })
    expect(await shopper.refusal()).toEqual(['BAD_USER_INPUT', 'cart.lines'])
  })

  it('needs an address unless every line is DIGITAL, and print specs for the others', async () => {
    const shopper = await enter()
    const [file, banner] = [await desk.addItem({ productType: 'DIGITAL' }), await desk.addItem()]
    await shopper.set(file, 1)
    await shopper.set(banner, 1)
    expect(await shopper.refusal({ deliveryAddress: null, factoryId: newId() })).toEqual([
      'BAD_USER_INPUT',
      'cart.lines.1.print',
      'input.deliveryAddress',
      'input.factoryId',
    ])
    expect((await shopper.see()).lines).toHaveLength(2)
    await shopper.set(banner, 0)
    const { id } = await order(shopper)
    expect((await prisma.order.findUniqueOrThrow({ where: { id } })).deliveryAddress).toBeNull()
  })

  it('names what is out of bounds, and a total that no payment can be', async () => {
    const shopper = await enter()
    await shopper.set(await desk.addItem({ priceAmount: 10_000_001n }), 10, print)
    expect(await shopper.refusal()).toEqual(['BAD_USER_INPUT', 'cart.lines'])
    const [code, ...paths] = await shopper.refusal({ deadlineDays: 0, idempotencyKey: ' ', note: 'x'.repeat(2_001) })
    expect([code, ...paths.sort()]).toEqual([
      'BAD_USER_INPUT',
      'input.deadlineDays',
      'input.idempotencyKey',
      'input.note',
    ])
  })

  it('refuses lines whose price changed or whose item was withdrawn, by name, until they are set again or taken out', async () => {
    const shopper = await enter()
    const [dearer, same, withdrawn, cheaper] = await Promise.all([1, 2, 3, 4].map(() => desk.addItem()))
    for (const itemId of [dearer, same, withdrawn, cheaper]) await shopper.set(String(itemId), 1, print)
    await reprice(String(dearer), 100_001n)
    await reprice(String(cheaper), 99_999n)
    await withdraw(String(withdrawn))
    const before = await shopper.see()
    expect(await shopper.refusal()).toEqual(['CONFLICT', 'cart.lines.0', 'cart.lines.2', 'cart.lines.3'])
    expect(await shopper.see()).toEqual(before)
    await shopper.set(String(dearer), 1)
    await shopper.set(String(cheaper), 1)
    expect(await shopper.refusal()).toEqual(['CONFLICT', 'cart.lines.2'])
    expect(await ordersOf(shopper)).toBe(0)
    await shopper.set(String(withdrawn), 0)
    expect((await order(shopper)).lines.map(({ item }) => item?.id)).toEqual([dearer, same, cheaper])
  })
})

describe('of many checkouts at the same moment', () => {
  it('one places an order; the others find the cart empty', async () => {
    const shopper = await enter()
    await shopper.set(await desk.addItem(), 1, print)
    const codes = await Promise.all(Array.from({ length: 10 }, async () => (await shopper.refusal())[0]))
    expect(codes.sort()).toEqual([...Array<string>(9).fill('BAD_USER_INPUT'), 'ok'])
    expect(await ordersOf(shopper)).toBe(1)
  })

  it('all answer the same order when they have the same key', async () => {
    const shopper = await enter()
    const itemId = await desk.addItem()
    await shopper.set(itemId, 1, print)
    const idempotencyKey = newId()
    const orders = await Promise.all(Array.from({ length: 10 }, () => order(shopper, { idempotencyKey })))
    expect(new Set(orders.map(({ id }) => id)).size).toBe(1)
    await shopper.set(itemId, 2, print)
    expect((await order(shopper, { idempotencyKey })).id).toBe(orders[0]?.id)
    expect((await shopper.see()).lines).toHaveLength(1)
    expect(await shopper.refusal({ idempotencyKey, note: 'Another' })).toEqual(['IDEMPOTENCY_CONFLICT'])
    expect(await ordersOf(shopper)).toBe(1)
  })
})

it('while its designer changes the price, an item never sells at another one than its customer saw', async () => {
  const itemId = await desk.addItem()
  const shoppers = await Promise.all(Array.from({ length: 3 }, enter))
  let isOver = false
  const designer = (async () => {
    for (let n = 0; !isOver; n++) await reprice(itemId, n % 2 ? 100_000n : 200_000n)
  })()
  const outcomes = { ok: 0, CONFLICT: 0 }
  const shop = async (shopper: Shopper) => {
    for (let n = 0; n < 6; n++) {
      await shopper.set(itemId, 1, print)
      const seen = await prisma.cartLine.findFirstOrThrow({ where: { userId: shopper.id } })
      const { data, errors } = await shopper.checkout()
      outcomes[(errors[0]?.extensions.code ?? 'ok') as 'ok']++
      if (!data) continue
      const sold = await prisma.orderLine.findFirstOrThrow({ where: { orderId: data.checkoutCart.id } })
      expect(sold.unitAmount).toBe(seen.unitAmount)
    }
  }
  try {
    await Promise.all(shoppers.map(shop))
  } finally {
    isOver = true
    await designer
  }
  expect(outcomes.ok + outcomes.CONFLICT).toBe(18)
  expect(Math.min(outcomes.ok, outcomes.CONFLICT)).toBeGreaterThan(0)
})

it('what is put in while the cart is ordered is either ordered or still in it', async () => {
  const shopper = await enter()
  for (let round = 0; round < 5; round++) {
    const [first, second] = [
      await desk.addItem({ productType: 'DIGITAL' }),
      await desk.addItem({ productType: 'DIGITAL' }),
    ]
    await shopper.set(first, 1)
    const [placed] = await Promise.all([order(shopper), shopper.set(second, 1)])
    const left = (await shopper.see()).lines.map(({ item }) => item.id)
    expect([...placed.lines.map(({ item }) => item?.id), ...left].sort()).toEqual([first, second].sort())
    for (const itemId of left) await shopper.set(itemId, 0)
  }
})
