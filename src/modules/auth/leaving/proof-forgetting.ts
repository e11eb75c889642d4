import type { Clock } from '../../../kernel/clock.js'
import type { Transaction } from '../../../platform/database/transaction.js'
import { enqueue } from '../../../platform/jobs/job-queue.js'
import type { AccountSessions } from '../sessions/account-sessions.js'
import { DROP_SESSION_STREAMS } from './session-stream-dropping.job.js'

/** By then every replica has read that the sessions ended. */
const HEARD_AFTER_MS = 60 * 60 * 1_000

/** Removes all by which a person who leaves could prove who they are, and what their sessions say about where they were. */
export class ProofForgetting {
  constructor(
    private readonly clock: Clock,
    private readonly sessions: Pick<AccountSessions, 'endAll'>,
  ) {}

  async forget(tx: Transaction, userId: string): Promise<void> {
    const { prisma } = tx
    const theirs = { where: { userId } }
    await prisma.credential.deleteMany(theirs)
    await prisma.secondFactor.deleteMany(theirs)
    await prisma.recoveryCode.deleteMany(theirs)
    await prisma.identity.deleteMany(theirs)
    await prisma.providerLogin.deleteMany(theirs)
    await prisma.emailToken.deleteMany(theirs)
    await prisma.$executeRaw`
      delete from phone_codes where phone = (select phone from users where id = ${userId}::uuid)`
    // Before the sessions: one that a sign-in opens until then is seen and ended.
    await prisma.signInChallenge.deleteMany(theirs)
    await this.removeSessions(tx, userId)
  }

  private async removeSessions(tx: Transaction, userId: string): Promise<void> {
    const now = this.clock.now()
    await this.sessions.endAll(tx, userId, now)
    const removed = await tx.prisma.$queryRaw<{ id: string }[]>`
      delete from sessions where user_id = ${userId}::uuid returning id::text`
    if (removed.length === 0) return
    const sessionIds = removed.map(({ id }) => id)
    const runAt = new Date(now.getTime() + HEARD_AFTER_MS)
    await enqueue(tx, DROP_SESSION_STREAMS, { sessionIds }, { runAt })
  }
}
