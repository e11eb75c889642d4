import type { User } from '../../../generated/prisma/client.js'
import { newId } from '../../../kernel/ids.js'
import { inTransaction, type Transaction } from '../../../platform/database/transaction.js'
import type { Platform } from '../../../platform/platform.js'
import { noPhoneLogin, wrongPhoneCode } from '../auth.errors.js'
import type { AuthLimits } from '../auth-limits.js'
import type { Client } from '../sessions/session-opening.js'
import type { SignInOutcome, SignInService } from '../sign-in/sign-in.service.js'
import { queuePhoneCode } from './phone-code-sms.job.js'
import type { PhoneCodes } from './phone-codes.js'

/** Says nothing of the phone: names are seen by others. */
const NEWCOMER_NAME = 'Пользователь'

export class PhoneLoginService {
  constructor(
    private readonly platform: Pick<Platform, 'database' | 'clock' | 'sealedBox' | 'sms'>,
    private readonly codes: PhoneCodes,
    private readonly signIns: SignInService,
    private readonly limits: AuthLimits,
  ) {}

  /**
   * Has a code sent to a phone, whether or not an account has it.
   * @throws RATE_LIMITED; PROVIDER_UNAVAILABLE where nothing can be sent
   */
  async start(phone: string, client: Client): Promise<void> {
    const { database, sealedBox, sms } = this.platform
    if (!sms) throw noPhoneLogin()
    await this.limits.phoneCode.take(client.ip, phone)
    await inTransaction(database, async (tx) => {
      const code = await this.codes.issue(tx, phone)
      await queuePhoneCode(tx, sealedBox, { phone, code })
    })
  }

  /**
   * Signs in whoever has read the code; a phone that nobody has gets an account.
   * @throws UNAUTHENTICATED alike for a wrong, used, replaced or expired code, one tried five times, and none at all; FORBIDDEN for a
   * blocked account; RATE_LIMITED; PROVIDER_UNAVAILABLE where nothing can be sent
   */
  async complete(phone: string, typed: string, client: Client): Promise<SignInOutcome> {
    if (!this.platform.sms) throw noPhoneLogin()
    await this.limits.phoneLogin.take(client.ip, phone)
    const code = typed.replace(/\s/g, '')
    if (!(await this.codes.matches(phone, code))) throw wrongPhoneCode()
    return this.signIns.signInWithin(async (tx) => {
      if (!(await this.codes.take(tx, phone, code))) throw wrongPhoneCode()
      return this.accountOf(tx, phone)
    }, client)
  }

  private async accountOf(tx: Transaction, phone: string): Promise<User> {
    const account = { id: newId(), phone, displayName: NEWCOMER_NAME, createdAt: this.platform.clock.now() }
    await tx.prisma.user.createMany({ data: account, skipDuplicates: true })
    return tx.prisma.user.findUniqueOrThrow({ where: { phone } })
  }
}
