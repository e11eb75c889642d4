import { type Payment, Prisma } from '../../generated/prisma/client.js'
import { DomainError, type ErrorCode } from '../../kernel/domain-error.js'
import type { Platform } from '../../platform/platform.js'
import { attemptOf } from './attempt-of.js'
import { FIRST_CHECK_MS, LONGEST_PAUSE_MS } from './check-schedule.js'
import type { PaymentCapture } from './payment-capture.service.js'
import type { PaymentOpening } from './payment-opening.service.js'
import type { PaymentProviders } from './payment-providers.js'
import type { PaymentSettlement } from './payment-settlement.service.js'
import { paymentJobs } from './payments.jobs.js'

const BATCH = 100
const TRIES = 3
const OUTCOMES: readonly ErrorCode[] = ['PAYMENT_FAILED', 'INSUFFICIENT_FUNDS']
/** By then whatever was sent to a provider has arrived there, or never will. */
const ARRIVED_MS = 60 * 60 * 1000

/**
 * Asks providers about what stays open: payments of which nobody here has heard the last word, given up or not, and refunds.
 * Webhooks may be lost, and of a failed refund none comes.
 */
export class PaymentCheck {
  constructor(
    private readonly platform: Pick<Platform, 'database' | 'clock'>,
    private readonly providers: PaymentProviders,
    private readonly opening: PaymentOpening,
    private readonly settlement: PaymentSettlement,
    private readonly captures: PaymentCapture,
  ) {}

  /** The job by the clock: a job for each payment and each refund that is due, at most a batch of either. Their pauses grow. */
  async reconcile(): Promise<void> {
    const known = Prisma.sql`provider = any(${this.providers.names}::payment_provider[])`
    await this.enqueueDue(Prisma.sql`payments`, Prisma.sql`t.${known}`, [paymentJobs.check, 'paymentId', 'check:'])
    const isKnown = Prisma.sql`exists (select from payments p where p.id = t.payment_id and p.${known})`
    await this.enqueueDue(Prisma.sql`refunds`, isKnown, [paymentJobs.refund, 'refundId', 'refund:'])
  }

  /** The job of one payment. */
  async check({ paymentId }: { readonly paymentId: string }): Promise<void> {
    const payment = await this.platform.database.prisma.payment.findUnique({ where: { id: paymentId } })
    if (!payment || payment.nextCheckAt === null) return
    try {
      await this.ask(payment)
    } catch (error) {
      // The provider's no, or a balance that is short, is an outcome.
      if (!(error instanceof DomainError && OUTCOMES.includes(error.code))) throw error
    }
  }

  private async ask(payment: Payment): Promise<void> {
    const { id: paymentId, provider, providerPaymentId, status } = payment
    // Nobody knows whether it reached the provider, and its customer may still want to pay.
    if (providerPaymentId === null && status === 'PENDING') return this.opening.open(paymentId)
    const reported = await this.providers.call(provider, async (adapter) =>
      providerPaymentId === null ? adapter.find?.(attemptOf(payment)) : adapter.read(providerPaymentId),
    )
    if (!reported) return this.forget(payment)
    await this.settlement.apply(provider, reported)
    if (reported.status === 'WAITING_FOR_CAPTURE') await this.captures.capture({ paymentId })
  }

  /** What was given up and never reached the provider needs no more questions. */
  private async forget({ id, createdAt }: { readonly id: string; readonly createdAt: Date }): Promise<void> {
    if (this.platform.clock.now().getTime() - createdAt.getTime() < ARRIVED_MS) return
    await this.platform.database.prisma.payment.updateMany({
      where: { id, status: 'CANCELED', providerPaymentId: null },
      data: { nextCheckAt: null },
    })
  }

  /** One statement: a row is put off and its job is there, or neither. */
  private async enqueueDue(
    table: Prisma.Sql,
    condition: Prisma.Sql,
    [task, field, key]: readonly [task: string, field: string, key: string],
  ): Promise<void> {
    const now = this.platform.clock.now()
    await this.platform.database.prisma.$executeRaw`
      with due as (
        select t.id from ${table} t where t.next_check_at <= ${now} and ${condition}
        order by t.next_check_at limit ${BATCH} for no key update of t skip locked),
      put_off as (
        update ${table} t set checks = t.checks + 1, next_check_at = ${now}::timestamptz
          + least(${FIRST_CHECK_MS} * 2 ^ least(t.checks + 1, 20), ${LONGEST_PAUSE_MS}) * interval '1 millisecond'
        from due where t.id = due.id returning t.id)
      select graphile_worker.add_job(${task}, json_build_object(${field}::text, id), job_key => ${key} || id,
        max_attempts => ${TRIES}) from put_off`
  }
}
