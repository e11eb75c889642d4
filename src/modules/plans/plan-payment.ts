import { money } from '../../kernel/money.js'
import type { Database } from '../../platform/database/database.js'
import type { PaymentRequest } from '../payments/index.js'
import { PLAN_PERIOD_DAYS, planOf } from './plan-catalogue.js'

/** How a purchase is paid for, at the price that it was written with. One purchase is one payment, however often this is asked for. */
export async function planPayment({ prisma }: Pick<Database, 'prisma'>, purchaseId: string): Promise<PaymentRequest> {
  const { tier, amount, currency, subscription } = await prisma.planPurchase.findUniqueOrThrow({
    where: { id: purchaseId },
    include: { subscription: { select: { user: { select: { email: true, phone: true } } } } },
  })
  const description = `Тариф «${planOf(tier).name}», ${PLAN_PERIOD_DAYS} дней`
  const price = money(amount, currency)
  const items = [{ description, quantity: 1, unitAmount: price, subject: 'service' as const }]
  return {
    purpose: 'PLAN',
    referenceId: purchaseId,
    amount: price,
    description,
    receipt: { customer: subscription.user, items },
    idempotencyKey: purchaseId,
    operation: 'payForPlan',
  }
}
