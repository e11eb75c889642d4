import { newId } from '../../../kernel/ids.js'
import type { Client } from '../sessions/session-opening.js'
import type { SignedIn } from '../tokens/token-pairs.js'
import type { AccountOpening, Registration } from './account-opening.service.js'

export class RegistrationService {
  constructor(private readonly opening: AccountOpening) {}

  /**
   * Makes an account and signs it in.
   * @throws CONFLICT naming the fields that another account has; RATE_LIMITED
   */
  register(registration: Registration, client: Client): Promise<SignedIn> {
    return this.opening.open(registration, client, async (tx, details, now) => {
      const id = newId()
      await tx.prisma.user.create({ data: { id, ...details, createdAt: now } })
      return id
    })
  }
}
