import { unauthenticated } from '../../../kernel/domain-error.js'
import { money } from '../../../kernel/money.js'
import type { Viewer } from '../../../kernel/viewer.js'
import type { Platform } from '../../../platform/platform.js'
import type { PaymentStart } from '../payment-start.service.js'
import type { DepositInput } from './deposit.input.js'
import { depositReceipt } from './deposit-receipt.js'

/** Starts payments into the viewer's own balance: the one kind whose amount the caller says. */
export class Deposit {
  constructor(
    private readonly platform: Pick<Platform, 'database'>,
    private readonly starting: PaymentStart,
  ) {}

  /** @returns the payment's id. @throws what Payments.start throws */
  async start(viewer: Viewer, { amount, provider, returnUrl, idempotencyKey }: DepositInput): Promise<string> {
    if (viewer.kind === 'visitor') throw unauthenticated()
    const { userId } = viewer
    const customer = await this.platform.database.prisma.user.findUniqueOrThrow({
      where: { id: userId },
      select: { email: true, phone: true },
    })
    const sum = money(BigInt(amount))
    return this.starting.start(viewer, {
      purpose: 'DEPOSIT',
      referenceId: userId,
      amount: sum,
      description: 'AdTime balance',
      receipt: depositReceipt(sum, customer),
      provider,
      returnUrl,
      idempotencyKey,
      operation: 'deposit',
    })
  }
}
