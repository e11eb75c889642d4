import type { Payment as PaymentRow, Prisma } from '../../generated/prisma/client.js'
import type { PaymentProvider, PaymentPurpose } from '../../generated/prisma/enums.js'
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
import type { ProviderAdapter, ProviderPayment } from './payment-provider.js'
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
    await this.conclude(id, reported, { reason: 'Canceled before it was paid.', announceFailure: false })
    const after = await this.payments.byId(viewer, id, select('status'))
    if (after?.status !== 'CANCELED')
      throw new DomainError('INVALID_TRANSITION', 'This payment went through before it could be canceled.')
    const canceled = await this.payments.byId(viewer, id, selection)
    if (!canceled) throw notFound('payment')
    return canceled
  }

  /** See Payments.cancelPending. */
  cancelPending(tx: Transaction, purpose: PaymentPurpose, referenceId: string): Promise<void> {
    return this.giveUp(tx, { purpose, referenceId }, 'What it was for has been canceled.')
  }

  /** The same for every attempt of somebody who leaves. */
  cancelPendingOf(tx: Transaction, userId: string): Promise<void> {
    return this.giveUp(tx, { userId }, 'The account was deleted.')
  }

  private async giveUp(tx: Transaction, which: Prisma.PaymentWhereInput, failureReason: string): Promise<void> {
    const given = await tx.prisma.payment.updateManyAndReturn({
      where: { ...which, status: { in: ['PENDING', 'WAITING_FOR_CAPTURE'] } },
      data: { status: 'CANCELED', failureReason },
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
    if (reported) await this.settlement.apply(reported.provider, reported, { announceFailure: false })
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
    const expiresAt = reported?.status === 'PENDING' ? reported.expiresAt : null
    if (expiresAt && expiresAt > this.platform.clock.now()) return this.extend(paymentId, expiresAt)
    await this.conclude(paymentId, reported, { reason: 'The time to pay ran out.', announceFailure: true })
  }

  /** The provider gives its customer longer. */
  private async extend(paymentId: string, expiresAt: Date): Promise<void> {
    const { prisma } = this.platform.database
    await prisma.payment.updateMany({ where: { id: paymentId, status: 'PENDING' }, data: { expiresAt } })
    await enqueue({ prisma }, paymentJobs.expire, { paymentId }, { runAt: expiresAt })
  }

  /** With the provider's word where it has one; without it the attempt is given up all the same, and asked about until there is one. */
  private async conclude(
    id: string,
    reported: Canceled | null,
    { reason, announceFailure }: Conclusion,
  ): Promise<void> {
    if (reported && reported.status !== 'PENDING')
      await this.settlement.apply(reported.provider, withReason(reported, reason), { announceFailure })
    else await this.settlement.giveUp(id, reason, { announceFailure })
  }

  /** @returns how it stands there now: PENDING where that cannot be canceled; null when it never got there */
  private async cancelAtProvider(id: string, call: 'call' | 'callFor'): Promise<Canceled | null> {
    const payment = await this.platform.database.prisma.payment.findUniqueOrThrow({ where: { id } })
    const { provider } = payment
    return this.providers[call](provider, async (adapter) => {
      const known = payment.providerPaymentId ?? (await lookedUp(adapter, payment))?.id
      return known === undefined ? null : { ...(await adapter.cancel(known, `cancel-${id}`)), provider }
    })
  }
}

type Canceled = ProviderPayment & { readonly provider: PaymentProvider }

interface Conclusion {
  readonly reason: string
  readonly announceFailure: boolean
}

/** Whether an unanswered attempt reached a provider that cannot be searched, only repeating it tells. */
const lookedUp = (adapter: ProviderAdapter, payment: PaymentRow): Promise<ProviderPayment | null> =>
  adapter.find ? adapter.find(attemptOf(payment)) : adapter.create(attemptOf(payment))

const withReason = <Reported extends ProviderPayment>(reported: Reported, reason: string): Reported =>
  reported.status === 'CANCELED' ? { ...reported, reason } : reported
