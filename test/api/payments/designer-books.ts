import type { Order } from '../../../src/generated/prisma/client.js'
import { newId } from '../../../src/kernel/ids.js'
import { money } from '../../../src/kernel/money.js'
import type { SignedInViewer } from '../../../src/kernel/viewer.js'
import type { Transaction } from '../../../src/platform/database/transaction.js'
import { addItem } from '../../testkit/shop-rows.js'
import type { PaymentShop } from './payment-shop.js'

type Sales = readonly (readonly [designer: SignedInViewer, amount: bigint])[]
type EarningAccount = 'DESIGNER_PAYABLE' | 'CUSTOMER_BALANCE' | 'PLATFORM_FEE'

/** An order completes with an item of each designer. As often as one likes, also at once. */
export const shareSale = ({ seller, payments, transact }: PaymentShop, { id }: Order, ...sales: Sales): Promise<void> =>
  transact(async (tx) => {
    await seller.lock(tx, id)
    const { count } = await tx.prisma.order.updateMany({
      where: { id, status: { not: 'COMPLETED' } },
      data: { status: 'COMPLETED' },
    })
    if (count > 0) for (const [{ userId }, amount] of sales) await addSoldLine(tx, id, userId, amount)
    await payments.shareSale(tx, {
      purpose: 'ORDER',
      referenceId: id,
      sales: sales.map(([{ userId }, amount]) => ({ sellerId: userId, amount: money(amount) })),
    })
  })

async function addSoldLine(
  { prisma }: Transaction,
  orderId: string,
  designerId: string,
  amount: bigint,
): Promise<void> {
  const item = {
    title: 'A file',
    productType: 'DIGITAL',
    quantity: 1,
    unitAmount: amount,
    totalAmount: amount,
  } as const
  const id = newId()
  const itemId = await addItem(prisma, { designerId, productType: 'DIGITAL', priceAmount: amount })
  const position = await prisma.orderLine.count({ where: { orderId } })
  await prisma.orderLine.create({ data: { id, orderId, itemId, position, ...item } })
}

/** Everything on an account of a designer, or of the platform. */
export async function booked({ platform }: PaymentShop, kind: EarningAccount, owner?: SignedInViewer): Promise<bigint> {
  const { _sum } = await platform.database.prisma.ledgerLine.aggregate({
    where: { account: { kind, ownerId: owner?.userId ?? null } },
    _sum: { amount: true },
  })
  return _sum.amount ?? 0n
}

export const standingOf = async (shop: PaymentShop, designer: SignedInViewer) => ({
  balance: await booked(shop, 'CUSTOMER_BALANCE', designer),
  payable: await booked(shop, 'DESIGNER_PAYABLE', designer),
})

/** Pays an order of this much from the balance. @throws INSUFFICIENT_FUNDS */
export async function spendBalance(shop: PaymentShop, designer: SignedInViewer, amount: bigint): Promise<void> {
  await shop.pay(designer, await shop.placeOrder(designer, amount), { provider: 'BALANCE' })
}
