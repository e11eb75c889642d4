import type { SandboxPayment } from '../../../generated/prisma/client.js'
import type { SandboxPaymentStatus } from '../../../generated/prisma/enums.js'
import { newId } from '../../../kernel/ids.js'
import { inTransaction } from '../../../platform/database/transaction.js'
import type { Platform } from '../../../platform/platform.js'
import {
  type ProviderAttempt,
  type ProviderRefund,
  type ProviderRefundRequest,
  ProviderRefusal,
} from '../payment-provider.js'
import type { SandboxDelivery } from './sandbox-delivery.js'
import type { SandboxEvent } from './sandbox-event.js'
import { sendSandboxEvent } from './sandbox-webhook.job.js'

const EVENT_TYPES = {
  PENDING: 'payment.pending',
  SUCCEEDED: 'payment.succeeded',
  CANCELED: 'payment.canceled',
} as const satisfies Readonly<Record<SandboxPaymentStatus, SandboxEvent['type']>>

/** Seconds. */
const STALE_AFTER = 2

/** What a real provider would keep on its side: the sandbox shares nothing with our own payments but the database's disk. */
export class SandboxBooks {
  constructor(private readonly platform: Pick<Platform, 'database' | 'clock'>) {}

  /** The payment under this idempotence key: the first call's. */
  async open({ idempotenceKey, amount, description, returnUrl }: ProviderAttempt): Promise<SandboxPayment> {
    const { prisma } = this.platform.database
    const data = {
      id: newId(),
      idempotenceKey,
      amount: amount.amount,
      currency: amount.currency,
      description,
      returnUrl,
    }
    await prisma.sandboxPayment.createMany({
      data: { ...data, createdAt: this.platform.clock.now() },
      skipDuplicates: true,
    })
    return prisma.sandboxPayment.findUniqueOrThrow({ where: { idempotenceKey } })
  }

  find(id: string): Promise<SandboxPayment | null> {
    return this.platform.database.prisma.sandboxPayment.findUnique({ where: { id } })
  }

  /** @throws ProviderRefusal when there is none */
  async read(id: string): Promise<SandboxPayment> {
    const payment = await this.find(id)
    if (!payment) throw new ProviderRefusal(`the sandbox knows no payment ${id}`)
    return payment
  }

  /** Finishes a payment, once, and tells of it by webhook, if it is to. @returns false when it was finished before */
  async finish(id: string, status: 'SUCCEEDED' | 'CANCELED', delivery: SandboxDelivery | null): Promise<boolean> {
    return inTransaction(this.platform.database, async (tx) => {
      const { count } = await tx.prisma.sandboxPayment.updateMany({
        where: { id, status: 'PENDING' },
        data: { status },
      })
      if (count === 0) return false
      if (!delivery) return true
      await sendSandboxEvent(tx, this.event(id, status), delivery)
      if (delivery.isStaleLast)
        await sendSandboxEvent(tx, this.event(id, 'PENDING'), { ...delivery, delay: delivery.delay + STALE_AFTER })
      return true
    })
  }

  private event(id: string, status: SandboxPaymentStatus): SandboxEvent {
    const createdAt = this.platform.clock.now().toISOString()
    return { id: newId(), type: EVENT_TYPES[status], createdAt, object: { type: 'payment', id, status } }
  }

  /** @throws ProviderRefusal for a payment that was not paid, and for more than was paid */
  async refund({
    idempotenceKey,
    providerPaymentId: id,
    amount: { amount, currency },
  }: ProviderRefundRequest): Promise<ProviderRefund> {
    return inTransaction(this.platform.database, async (tx) => {
      await tx.prisma.$queryRaw`select id from sandbox_payments where id = ${id}::uuid for no key update`
      const known = await tx.prisma.sandboxRefund.findUnique({ where: { idempotenceKey } })
      if (known) return { id: known.id, status: 'SUCCEEDED' }
      const payment = await tx.prisma.sandboxPayment.findUnique({ where: { id }, include: { refunds: true } })
      if (payment?.status !== 'SUCCEEDED' || payment.currency !== currency)
        throw new ProviderRefusal(`the sandbox has no paid payment ${id}`)
      const refunded = payment.refunds.reduce((sum, refund) => sum + refund.amount, 0n)
      if (refunded + amount > payment.amount) throw new ProviderRefusal('more than was paid cannot be refunded')
      const createdAt = this.platform.clock.now()
      const refund = await tx.prisma.sandboxRefund.create({
        data: { id: newId(), idempotenceKey, sandboxPaymentId: id, amount, createdAt },
      })
      return { id: refund.id, status: 'SUCCEEDED' }
    })
  }

  /** @throws ProviderRefusal when there is none */
  async readRefund(id: string): Promise<ProviderRefund> {
    const refund = await this.platform.database.prisma.sandboxRefund.findUnique({ where: { id } })
    if (!refund) throw new ProviderRefusal(`the sandbox knows no refund ${id}`)
    return { id, status: 'SUCCEEDED' }
  }
}
