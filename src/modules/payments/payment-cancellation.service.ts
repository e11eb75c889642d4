import type { PaymentPurpose } from '../../generated/prisma/enums.js'
import { DomainError, notFound } from '../../kernel/domain-error.js'
import type { Viewer } from '../../kernel/viewer.js'
import { type Selection, select } from '../../platform/database/selection.js'
import type { Transaction } from '../../platform/database/transaction.js'
import { enqueue } from '../../platform/jobs/job-queue.js'
import type { Platform } from '../../platform/platform.js'
import { attemptOf } from './attempt-of.js'
import { countStatus } from './count-status.js'
import type { PaymentQuery } from './payment.query.js'
import type { Payment } from './payment.type.js'
import type { ProviderPayment } from './payment-provider.js'
import type { PaymentProviders } from './payment-providers.js'
import type { PaymentSettlement } from './payment-settlement.service.js'
import { paymentJobs } from './payments.jobs.js'

/** Ends attempts that nobody has paid. */
export class PaymentCancellation {
  constructor(
    private readonly platform: Pick<Platform, 'database' | 'clock'>,
    private readonly providers: PaymentProviders,
    private readonly settlement: PaymentSettlement,
    private readonly payments: PaymentQuery,
  ) {}

  /** @throws NOT_FOUND, INVALID_TRANSITION when it is not PENDING or was paid at this moment, PROVIDER_UNAVAILABLE */
  async cancel(viewer: Viewer, id: string, selection: Selection): Promise<Payment> {
    const payment = await this.payments.byId(viewer, id, select('status'))
    if (!payment) throw notFound('payment')
    if (payment.status !== 'PENDING')
      throw new DomainError(
        'INVALID_TRANSITION',
        `This payment is ${payment.status}; only a PENDING one can be canceled.`,
      )
    // The provider first: once it has agreed, nobody can pay any more.
    const reported = await this.cancelAtProvider(id, 'callFor')
    await this.settlement.apply(reported.provider, withReason(reported, 'Canceled before it was paid.'), {
      announceFailure: false,
    })
    const after = await this.payments.byId(viewer, id, select('status'))
    if (after?.status !== 'CANCELED')
      throw new DomainError('INVALID_TRANSITION', 'This payment went through before it could be canceled.')
    const canceled = await this.payments.byId(viewer, id, selection)
    if (!canceled) throw notFound('payment')
    return canceled
  }

  /** See Payments.cancelPending. */
  async cancelPending(tx: Transaction, purpose: PaymentPurpose, referenceId: string): Promise<void> {
    const given = await tx.prisma.payment.updateManyAndReturn({
      where: { purpose, referenceId, status: { in: ['PENDING', 'WAITING_FOR_CAPTURE'] } },
      data: { status: 'CANCELED', failureReason: 'What it was for has been canceled.' },
      select: { id: true, provider: true, amount: true, currency: true },
    })
    for (const payment of given) {
      await enqueue(tx, paymentJobs.cancel, { paymentId: payment.id }, { key: `cancel:${payment.id}` })
      countStatus(tx, payment, 'CANCELED')
    }
  }

  /** The job after `cancelPending`: whoever paid at that moment is told apart here. */
  async finishCancellation({ paymentId }: { readonly paymentId: string }): Promise<void> {
    const reported = await this.cancelAtProvider(paymentId, 'call')
    await this.settlement.apply(reported.provider, reported, { announceFailure: false })
  }

  /** The job at the end of the time to pay. It also finds what a lost webhook would have told. */
  async expire({ paymentId }: { readonly paymentId: string }): Promise<void> {
    const { prisma } = this.platform.database
    const payment = await prisma.payment.findUnique({
      where: { id: paymentId },
      select: { status: true, expiresAt: true },
    })
    if (payment?.status !== 'PENDING') return
    if (payment.expiresAt && payment.expiresAt > this.platform.clock.now())
      return enqueue({ prisma }, paymentJobs.expire, { paymentId }, { runAt: payment.expiresAt })
    const reported = await this.cancelAtProvider(paymentId, 'call')
    await this.settlement.apply(reported.provider, withReason(reported, 'The time to pay ran out.'))
  }

  private async cancelAtProvider(id: string, call: 'call' | 'callFor') {
    const payment = await this.platform.database.prisma.payment.findUniqueOrThrow({ where: { id } })
    const { provider } = payment
    return this.providers[call](provider, async (adapter) => {
      // Whether an unanswered attempt reached the provider, only repeating it tells.
      const known = payment.providerPaymentId ?? (await adapter.create(attemptOf(payment))).id
      return { ...(await adapter.cancel(known, id)), provider }
    })
  }
}

const withReason = <Reported extends ProviderPayment>(reported: Reported, reason: string): Reported =>
  reported.status === 'CANCELED' ? { ...reported, reason } : reported
