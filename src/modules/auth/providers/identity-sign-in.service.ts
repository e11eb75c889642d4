import { Prisma } from '../../../generated/prisma/client.js'
import type { Client } from '../sessions/session-opening.js'
import type { SignInOutcome, SignInService } from '../sign-in/sign-in.service.js'
import type { IdentityAccounts, ProvenIdentity } from './identity-accounts.js'

const MAX_TRIES = 3

export class IdentitySignInService {
  constructor(
    private readonly signIns: SignInService,
    private readonly accounts: IdentityAccounts,
  ) {}

  /**
   * Signs in the account of a proven identity, made or linked as it may be.
   * @param userId whose account the identity is to be linked to; null when it is to find its own
   * @throws CONFLICT and ProviderRefusal as IdentityAccounts does; FORBIDDEN for a blocked account
   */
  async signIn(identity: ProvenIdentity, userId: string | null, client: Client): Promise<SignInOutcome> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await this.signIns.signInWithin(
          (tx) => (userId === null ? this.accounts.open(tx, identity) : this.accounts.link(tx, identity, userId)),
          client,
        )
      } catch (error) {
        // Somebody else made the identity, or an account with its address, between our looking and our writing: now it
        // is there to be found.
        if (attempt === MAX_TRIES || !isDuplicate(error)) throw error
      }
    }
  }
}

const isDuplicate = (error: unknown): boolean =>
  error instanceof Prisma.PrismaClientKnownRequestError && error.code === 'P2002'
