import { newId } from '../../kernel/ids.js'
import type { Transaction } from '../../platform/database/transaction.js'
import type { OrderDraft } from './order-draft.js'
import { newOrderNumber } from './order-number.js'
import type { LockedOrder } from './order-row.js'
import type { OrderTermsInput } from './order-terms.input.js'

// Each try fails once in thousands at most; this many in a row mean that something else is wrong.
const NUMBER_TRIES = 10

/** Writes a new order under a number of its own. Order and lines are one statement: this is the hottest write there is. */
export async function insertOrder(
  tx: Transaction,
  customerId: string,
  terms: OrderTermsInput,
  draft: OrderDraft,
  now: Date,
): Promise<LockedOrder> {
  const { subtotal, rushFee, total, printed } = draft
  const id = newId()
  const address = printed.length > 0 && terms.deliveryAddress ? JSON.stringify(terms.deliveryAddress) : null
  const lines = JSON.stringify(draft.lines.map(lineRow))
  const requestedFactoryId = terms.factoryId ?? null
  for (let tries = 0; tries < NUMBER_TRIES; tries++) {
    const number = newOrderNumber(now)
    const written = await tx.prisma.$executeRaw`
      with placed as (
        insert into orders (id, number, customer_id, status, currency, subtotal_amount, rush_fee_amount, discount_amount, total_amount,
          delivery_address, note, deadline_days, requested_factory_id, created_at, updated_at)
        values (${id}::uuid, ${number}, ${customerId}::uuid, 'CREATED', 'RUB', ${subtotal.amount}, ${rushFee.amount}, 0, ${total.amount},
          ${address}::jsonb, ${terms.note || null}, ${terms.deadlineDays ?? null}::int, ${requestedFactoryId}::uuid, ${now}, ${now})
        on conflict (number) do nothing returning id)
      insert into order_lines (id, order_id, position, item_id, generation_id, title, product_type, print, quantity, unit_amount, total_amount)
      select line.id, placed.id, line.position, line.item_id, line.generation_id, line.title, line.product_type, line.print, line.quantity,
        line.unit_amount, line.total_amount
      from placed, jsonb_to_recordset(${lines}::jsonb) as line (id uuid, position int, item_id uuid, generation_id uuid, title text,
        product_type product_type, print jsonb, quantity int, unit_amount bigint, total_amount bigint)`
    if (written === 0) continue
    return {
      id,
      number,
      customerId,
      factoryId: null,
      requestedFactoryId,
      productionDeadline: null,
      status: 'CREATED',
      productionStage: null,
      totalAmount: total.amount,
      lines: draft.lines.map(({ itemId, productType }) => ({ itemId, designerId: null, productType })),
    }
  }
  throw new Error(`no free order number in ${NUMBER_TRIES} tries`)
}

const lineRow = (line: OrderDraft['lines'][number], position: number) => ({
  id: newId(),
  position,
  item_id: line.itemId,
  generation_id: line.generationId,
  title: line.title,
  product_type: line.productType,
  print: line.print,
  quantity: line.quantity,
  unit_amount: line.unitPrice.amount.toString(),
  total_amount: line.total.amount.toString(),
})
