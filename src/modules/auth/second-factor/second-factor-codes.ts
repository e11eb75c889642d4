import type { Transaction } from '../../../platform/database/transaction.js'
import type { SealedBox } from '../../../platform/secrets/sealed-box.js'
import { isOneTimePassword, matchingStep } from './one-time-password.js'
import type { RecoveryCodes } from './recovery-codes.js'

/** What a secret is sealed under: it opens for its own account only. */
export const secretLabel = (userId: string): string => `second-factor:${userId}`

/** The codes of confirmed second factors, of both kinds. */
export class SecondFactorCodes {
  constructor(
    private readonly sealedBox: SealedBox,
    private readonly recoveryCodes: RecoveryCodes,
  ) {}

  /**
   * Takes the code of an authenticator app or a recovery code; spaces do not count. A code works once: of parallel uses one gets true.
   * What is taken comes back if the transaction is rolled back.
   */
  take(tx: Transaction, userId: string, code: string, now: Date): Promise<boolean> {
    const compact = code.replace(/\s/g, '')
    return isOneTimePassword(compact)
      ? this.takeOneTimePassword(tx, userId, compact, now)
      : this.recoveryCodes.take(tx, userId, compact, now)
  }

  private async takeOneTimePassword(tx: Transaction, userId: string, code: string, now: Date): Promise<boolean> {
    const factor = await tx.prisma.secondFactor.findFirst({ where: { userId, confirmedAt: { not: null } } })
    if (!factor) return false
    const { secret, lastStep } = factor
    const step = await matchingStep(this.sealedBox.open(secretLabel(userId), secret), code, now, lastStep)
    if (step === null) return false
    // The row's lock lets parallel uses in one by one, and each asks again about what the one before has left.
    const { count } = await tx.prisma.secondFactor.updateMany({
      where: { userId, secret, OR: [{ lastStep: null }, { lastStep: { lt: step } }] },
      data: { lastStep: step },
    })
    return count === 1
  }
}
