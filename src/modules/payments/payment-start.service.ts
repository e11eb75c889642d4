import { Prisma } from '../../generated/prisma/client.js'
import { inputError } from '../../kernel/domain-error.js'
import { newId } from '../../kernel/ids.js'
import { MAX_PAYMENT, type Money } from '../../kernel/money.js'
import { idempotently } from '../../platform/database/idempotency.js'
import { inTransaction, type Transaction } from '../../platform/database/transaction.js'
import { enqueue } from '../../platform/jobs/job-queue.js'
import type { Platform } from '../../platform/platform.js'
import { firstCheckAt } from './check-schedule.js'
import { countStatus } from './count-status.js'
import type { PaymentOpening } from './payment-opening.service.js'
import type { ProviderAdapter } from './payment-provider.js'
import type { PaymentProviders } from './payment-providers.js'
import { paymentJobs } from './payments.jobs.js'
import type { Payer, PaymentRequest } from './payments.js'
import { receiptTotal } from './receipt.js'
import type { SettlementHandlers } from './settlement-handler.js'
import { storedReceipt } from './stored-receipt.js'

/** How long an attempt waits for its customer, unless the provider says otherwise. */
export const TIME_TO_PAY_MS = 30 * 60 * 1000

export class PaymentStart {
  constructor(
    private readonly platform: Pick<Platform, 'database' | 'clock'>,
    private readonly providers: PaymentProviders,
    private readonly handlers: SettlementHandlers,
    private readonly opening: PaymentOpening,
  ) {}

  /** See Payments.start. */
  async start(payer: Payer, request: PaymentRequest): Promise<string> {
    const adapter = this.providers.choose(request.provider, request.amount.currency)
    const { capabilities } = adapter
    checkAmount(request.amount)
    checkReceipt(request)
    if (!capabilities.currencies.includes(request.amount.currency))
      throw inputError([{ path: 'input.provider', message: `does not take ${request.amount.currency}` }])
    const { idempotencyKey, operation, purpose, referenceId, amount, provider, returnUrl } = request
    const input = { purpose, referenceId, amount, provider: provider ?? null, returnUrl: returnUrl ?? null }
    const call = { userId: payer.userId, operation, key: idempotencyKey, input, now: this.platform.clock.now() }
    const { id } = await inTransaction(this.platform.database, (tx) =>
      idempotently(tx, call, () => this.write(tx, payer, request, adapter)),
    )
    await this.opening.open(id)
    return id
  }

  private async write(
    tx: Transaction,
    { userId }: Payer,
    request: PaymentRequest,
    adapter: ProviderAdapter,
  ): Promise<string> {
    const { name: provider, capabilities } = adapter
    const { purpose, referenceId, description, returnUrl = null, receipt, savedMethodId = null } = request
    const { amount, currency } = request.amount
    const id = newId()
    const handler = await this.handlers.locked(tx, request)
    const attempt = { id, userId, referenceId, amount: request.amount, provider, savedMethodId }
    await handler.admit?.(tx, attempt)
    const createdAt = this.platform.clock.now()
    const expiresAt = new Date(createdAt.getTime() + TIME_TO_PAY_MS)
    const payment = {
      id,
      userId,
      provider,
      purpose,
      referenceId,
      amount,
      currency,
      description,
      returnUrl,
      capture: !(request.hold && capabilities.holds),
      receipt: receipt ? storedReceipt(receipt) : Prisma.DbNull,
      saveMethod: request.saveMethod === true && capabilities.savesMethods,
      chargedMethodId: savedMethodId,
    }
    await tx.prisma.payment.create({
      data: { ...payment, idempotenceKey: newId(), createdAt, expiresAt, nextCheckAt: firstCheckAt(createdAt) },
      select: { id: true },
    })
    await enqueue(tx, paymentJobs.expire, { paymentId: id }, { runAt: expiresAt, key: `expire:${id}` })
    countStatus(tx, payment, 'PENDING')
    await adapter.admit?.(tx, attempt)
    return id
  }
}

function checkReceipt({ receipt, amount }: PaymentRequest): void {
  const total = receipt ? receiptTotal(receipt, amount.currency) : amount.amount
  if (total !== amount.amount) throw new Error(`a receipt over ${total} came with a payment of ${amount.amount}`)
}

function checkAmount({ amount }: Money): void {
  if (amount <= 0n || amount > MAX_PAYMENT)
    throw inputError([{ path: 'input.amount', message: 'must be over 0 and at most 1 000 000 in whole units' }])
}
