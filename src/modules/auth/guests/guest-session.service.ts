import type { Clock } from '../../../kernel/clock.js'
import { newId } from '../../../kernel/ids.js'
import type { AuthLimits } from '../auth-limits.js'
import type { Client } from '../sessions/session-opening.js'
import type { SignInOutcome, SignInService } from '../sign-in/sign-in.service.js'

const GUEST_NAME = 'Гость'

export class GuestSessionService {
  constructor(
    private readonly clock: Clock,
    private readonly signIns: SignInService,
    private readonly limits: AuthLimits,
  ) {}

  /**
   * Makes a guest: an account that nobody can get back into once its tokens are lost.
   * @throws RATE_LIMITED
   */
  async start(client: Client): Promise<SignInOutcome> {
    await this.limits.guestSession.take(client.ip, null)
    const guest = { id: newId(), displayName: GUEST_NAME, isGuest: true, createdAt: this.clock.now() }
    return this.signIns.signInWithin((tx) => tx.prisma.user.create({ data: guest }), client)
  }
}
