import type { Database } from '../../../platform/database/database.js'
import type { AuthLimits } from '../auth-limits.js'
import type { Client } from '../sessions/session-opening.js'

export class EmailAvailabilityService {
  constructor(
    private readonly database: Database,
    private readonly limits: AuthLimits,
  ) {}

  /**
   * Whether no account has the address. Registering tells as much, so this tells nothing new; its limit is for those who collect addresses.
   * @throws RATE_LIMITED
   */
  async isAvailable(email: string, caller: Pick<Client, 'ip'>): Promise<boolean> {
    await this.limits.emailAvailable.take(caller.ip, null)
    return (await this.database.prisma.user.count({ where: { email } })) === 0
  }
}
