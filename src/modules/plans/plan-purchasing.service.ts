import { Prisma } from '../../generated/prisma/client.js'
import { inputError, unauthenticated } from '../../kernel/domain-error.js'
import { newId } from '../../kernel/ids.js'
import type { Viewer } from '../../kernel/viewer.js'
import { idempotently } from '../../platform/database/idempotency.js'
import { readFound } from '../../platform/database/read-shape.js'
import type { Selection } from '../../platform/database/selection.js'
import { inTransaction } from '../../platform/database/transaction.js'
import type { Platform } from '../../platform/platform.js'
import { type Payment, type Payments, paymentShape, visiblePayments } from '../payments/index.js'
import { bringUpToDate } from './plan-account.js'
import { planOf } from './plan-catalogue.js'
import { planPayment } from './plan-payment.js'
import type { SubscribeToPlanArgs } from './subscribe-to-plan.args.js'

/** Starts payments for plans. Nothing changes before one is paid. */
export class PlanPurchasing {
  constructor(
    private readonly platform: Pick<Platform, 'database' | 'clock'>,
    private readonly payments: Payments,
  ) {}

  /**
   * What is bought is written first, under the caller's key: a repeat pays for the same.
   * @returns the payment's id. @throws BAD_USER_INPUT for FREE, IDEMPOTENCY_CONFLICT, and what payments throw
   */
  async buy(viewer: Viewer, { tier, provider, returnUrl, idempotencyKey }: SubscribeToPlanArgs): Promise<string> {
    if (viewer.kind === 'visitor') throw unauthenticated()
    const { userId } = viewer
    if (tier === 'FREE') throw inputError([{ path: 'tier', message: 'must be a plan that is paid for' }])
    const now = this.platform.clock.now()
    const input = { tier, provider, returnUrl }
    const call = { userId, operation: 'subscribeToPlan', key: idempotencyKey, input, now }
    const { id } = await inTransaction(this.platform.database, (tx) =>
      idempotently(tx, call, async () => {
        const plan = await bringUpToDate(tx, userId, now)
        if (!plan) throw unauthenticated()
        const { amount, currency } = planOf(tier).price
        const bought = { id: newId(), subscriptionId: plan.id, kind: 'PURCHASE', tier, amount, currency } as const
        await tx.prisma.planPurchase.create({ data: { ...bought, createdAt: now } })
        return bought.id
      }),
    )
    const request = await planPayment(this.platform.database, id)
    return this.payments.start(viewer, { ...request, provider, returnUrl, saveMethod: true })
  }

  /** A payment just started. */
  read(viewer: Viewer, id: string, selection: Selection): Promise<Payment> {
    const where = Prisma.sql`t.id = ${id}::uuid and ${visiblePayments(viewer)}`
    return readFound(this.platform.database.pool, { shape: paymentShape, selection, where }, 'payment')
  }
}
