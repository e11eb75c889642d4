import { Prisma } from '../../generated/prisma/client.js'
import { DomainError } from '../../kernel/domain-error.js'
import type { Transaction } from '../../platform/database/transaction.js'
import type { Platform } from '../../platform/platform.js'
import type { PaymentCancellation } from './payment-cancellation.service.js'

/** What becomes of the money of a person who leaves: nothing of it may be left; how it moved stays written, without whom to reach. */
export class PaymentForgetting {
  constructor(
    private readonly platform: Pick<Platform, 'clock'>,
    private readonly cancellation: Pick<PaymentCancellation, 'cancelPendingOf'>,
  ) {}

  /** @throws CONFLICT while the books or a provider owe them anything */
  async forget(tx: Transaction, userId: string): Promise<void> {
    // First: whatever is being paid at this moment is on the books once this has waited for it.
    await this.cancellation.cancelPendingOf(tx, userId)
    await requireNothingOwed(tx, userId)
    await this.eraseContacts(tx, userId)
  }

  // As long as an attempt may be repeated it says the same as before, so those that could still be are left for the next time.
  private async eraseContacts(tx: Transaction, userId: string): Promise<void> {
    const now = this.platform.clock.now()
    await tx.prisma.$executeRaw`
      update payments set receipt = ${withoutCustomer}, return_url = null, saved_method_id = null, charged_method_id = null
      where user_id = ${userId}::uuid and (status <> 'CANCELED' or (next_check_at is null and expires_at < ${now}))
        and num_nonnulls(receipt, return_url, saved_method_id, charged_method_id) > 0`
    await tx.prisma.$executeRaw`
      update refunds set receipt = ${withoutCustomer}
      where receipt is not null and payment_id in (select id from payments where user_id = ${userId}::uuid)`
  }
}

const withoutCustomer = Prisma.sql`jsonb_set(receipt, '{customer}', '{"email": null, "phone": null}')`

// Refunds first: one that settles in between is on the books then.
async function requireNothingOwed({ prisma }: Transaction, userId: string): Promise<void> {
  if ((await prisma.refund.count({ where: { status: 'PENDING', payment: { userId } } })) > 0)
    throw new DomainError('CONFLICT', 'A refund is on its way to you: delete the account once it has arrived.')
  const owed = await prisma.$queryRaw<unknown[]>`
    select a.id::text from ledger_accounts a join ledger_lines l on l.account_id = a.id
    where a.owner_id = ${userId}::uuid group by a.id having sum(l.amount) > 0 limit 1`
  if (owed.length > 0)
    throw new DomainError(
      'CONFLICT',
      'There is money on this account: spend it, or have it paid out, before you delete the account.',
    )
}
