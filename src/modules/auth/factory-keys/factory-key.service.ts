import type { Clock } from '../../../kernel/clock.js'
import { DomainError, notFound, unauthenticated } from '../../../kernel/domain-error.js'
import { newId } from '../../../kernel/ids.js'
import type { Viewer } from '../../../kernel/viewer.js'
import { recordDeed } from '../../../platform/audit/audit-log.js'
import type { Database } from '../../../platform/database/database.js'
import { inTransaction, type Transaction } from '../../../platform/database/transaction.js'
import type { EventStreams } from '../../../platform/events/event-streams.js'
import { secretHash } from '../../../platform/secrets/one-time-secret.js'
import type { AuthenticationService } from '../sessions/authentication.service.js'
import { sessionStream } from '../sessions/session-end.js'
import type { Client } from '../sessions/session-opening.js'
import { newFactoryKeyToken } from './factory-key-token.js'

const MAX_LIVING = 20
const MAX_NAME = 100

/** Lets a factory's own programs in, and keeps them out again. */
export class FactoryKeyService {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly streams: Pick<EventStreams, 'signal'>,
    private readonly authentication: AuthenticationService,
  ) {}

  /**
   * Makes a key that acts as the factory's service account.
   * @returns the key, which nobody can read again
   * @throws NOT_FOUND for an unknown factory; CONFLICT with 20 living keys, or a blocked service account
   */
  async issue(viewer: Viewer, factoryId: string, { ip }: Client): Promise<string> {
    const actorId = idOf(viewer)
    const { prefix, token } = newFactoryKeyToken()
    await inTransaction(this.database, async (tx) => {
      // The lock on its row makes keys of one factory one after the other: they share an account and a bound.
      const [factory] = await tx.prisma.$queryRaw<{ name: string }[]>`
        select name from factories where id = ${factoryId}::uuid for no key update`
      if (!factory) throw notFound('factory')
      const living = await tx.prisma.factoryKey.count({ where: { factoryId, revokedAt: null } })
      if (living >= MAX_LIVING) throw tooMany()
      const userId = await this.serviceAccount(tx, factoryId, factory.name)
      const key = { id: newId(), factoryId, userId, prefix, createdById: actorId, createdAt: this.clock.now() }
      await tx.prisma.factoryKey.create({ data: { ...key, tokenHash: secretHash(token) } })
      const subject = { subjectType: 'FactoryKey', subjectId: key.id }
      const changes = { factoryId: { from: null, to: factoryId }, prefix: { from: null, to: prefix } }
      await recordDeed(tx, this.clock, { actorId, action: 'factory-key.issue', ...subject, changes, ip })
    })
    return token
  }

  /**
   * Ends a key at once, with its sockets; nothing when it has ended.
   * @throws NOT_FOUND
   */
  async revoke(viewer: Viewer, id: string, { ip }: Client): Promise<void> {
    const actorId = idOf(viewer)
    await inTransaction(this.database, async (tx) => {
      const now = this.clock.now()
      const { count } = await tx.prisma.factoryKey.updateMany({
        where: { id, revokedAt: null },
        data: { revokedAt: now },
      })
      if (count === 0) return
      await this.streams.signal(tx, sessionStream(id))
      tx.afterCommit(() => this.authentication.forget(id))
      const subject = { subjectType: 'FactoryKey', subjectId: id }
      const changes = { revokedAt: { from: null, to: now } }
      await recordDeed(tx, this.clock, { actorId, action: 'factory-key.revoke', ...subject, changes, ip })
    })
  }

  // Made with the factory's first key. Nobody can sign in to it.
  private async serviceAccount(tx: Transaction, factoryId: string, name: string): Promise<string> {
    const known = await tx.prisma.user.findFirst({ where: { factoryId, isMachine: true, deletedAt: null } })
    if (known?.blockedAt) throw new DomainError('CONFLICT', "The factory's service account is blocked.")
    if (known) return known.id
    const account = { id: newId(), role: 'FACTORY', factoryId, isMachine: true } as const
    const displayName = [...name].slice(0, MAX_NAME).join('')
    await tx.prisma.user.create({ data: { ...account, displayName, createdAt: this.clock.now() } })
    return account.id
  }
}

function idOf(viewer: Viewer): string {
  if (viewer.kind === 'visitor') throw unauthenticated()
  return viewer.userId
}

const tooMany = (): DomainError =>
  new DomainError('CONFLICT', `A factory has at most ${MAX_LIVING} keys. Revoke one that is not used.`)
