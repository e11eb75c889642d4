import { money } from '../../kernel/money.js'
import type { Database } from '../../platform/database/database.js'
import type { Receipt, ReceiptItem } from '../payments/index.js'

/** What the customer of an order buys, line by line. Its items sum to the order's total. */
export async function cashReceiptOf({ prisma }: Database, orderId: string): Promise<Receipt> {
  const order = await prisma.order.findUniqueOrThrow({
    where: { id: orderId },
    select: {
      currency: true,
      rushFeeAmount: true,
      customer: { select: { email: true, phone: true } },
      lines: {
        select: { title: true, quantity: true, unitAmount: true, productType: true },
        orderBy: { position: 'asc' },
      },
    },
  })
  const items = order.lines.map<ReceiptItem>(({ title, quantity, unitAmount, productType }) => ({
    description: title,
    quantity,
    unitAmount: money(unitAmount, order.currency),
    subject: productType === 'DIGITAL' ? 'service' : 'commodity',
  }))
  const rushFee: ReceiptItem = {
    description: 'Срочное изготовление',
    quantity: 1,
    unitAmount: money(order.rushFeeAmount, order.currency),
    subject: 'service',
  }
  return { customer: order.customer, items: order.rushFeeAmount > 0n ? [...items, rushFee] : items }
}
