import { addDays } from '../../../kernel/clock.js'
import { DomainError, notFound } from '../../../kernel/domain-error.js'
import { newId } from '../../../kernel/ids.js'
import type { Viewer } from '../../../kernel/viewer.js'
import { recordDeed } from '../../../platform/audit/audit-log.js'
import { inTransaction, type Transaction } from '../../../platform/database/transaction.js'
import type { Platform } from '../../../platform/platform.js'
import { newWebhookSecret } from './call-signature.js'

const OVERLAP_DAYS = 1
const MAX_LIVING = 5

const labelOf = (id: string): string => `factory-webhook-secret:${id}`

/** What calls to factories are signed with. Sealed at rest, and read again only to sign. */
export class WebhookSecrets {
  constructor(private readonly platform: Pick<Platform, 'database' | 'clock' | 'sealedBox'>) {}

  /**
   * Makes the factory's next secret. Those before it go on signing for 24 hours.
   * @returns the secret, which nobody can read again
   * @throws NOT_FOUND for an unknown factory; CONFLICT when 5 are in use
   */
  rotate(viewer: Viewer, factoryId: string, ip: string | null): Promise<string> {
    const { database, clock } = this.platform
    return inTransaction(database, async (tx) => {
      // The lock on its row lets one secret follow another.
      const found = await tx.prisma.$queryRaw<
        object[]
      >`select from factories where id = ${factoryId}::uuid for no key update`
      if (found.length === 0) throw notFound('factory')
      const now = clock.now()
      const living = await tx.prisma.factoryWebhookSecret.count({ where: livingOf(factoryId, now) })
      if (living >= MAX_LIVING)
        throw new DomainError('CONFLICT', `${MAX_LIVING} secrets sign its calls already. Wait until one expires.`)
      await tx.prisma.factoryWebhookSecret.updateMany({
        where: { factoryId, expiresAt: null },
        data: { expiresAt: addDays(now, OVERLAP_DAYS) },
      })
      const secret = await this.add(tx, factoryId)
      await recordDeed(tx, clock, {
        actorId: viewer.kind === 'user' ? viewer.userId : null,
        action: 'factory.rotate-webhook-secret',
        subjectType: 'Factory',
        subjectId: factoryId,
        ip,
      })
      return secret
    })
  }

  /** A factory that is called has one, also before anybody has asked for it. The caller holds the factory's row. */
  async ensure(tx: Transaction, factoryId: string): Promise<void> {
    const count = await tx.prisma.factoryWebhookSecret.count({ where: { factoryId, expiresAt: null } })
    if (count === 0) await this.add(tx, factoryId)
  }

  /** Those that sign now, the latest first. */
  async living(factoryId: string): Promise<string[]> {
    const { database, clock, sealedBox } = this.platform
    const rows = await database.prisma.factoryWebhookSecret.findMany({
      where: livingOf(factoryId, clock.now()),
      orderBy: { id: 'desc' },
    })
    return rows.map(({ id, secret }) => sealedBox.open(labelOf(id), secret))
  }

  private async add(tx: Transaction, factoryId: string): Promise<string> {
    const { clock, sealedBox } = this.platform
    const id = newId()
    const secret = newWebhookSecret()
    const row = { id, factoryId, secret: sealedBox.seal(labelOf(id), secret), createdAt: clock.now() }
    await tx.prisma.factoryWebhookSecret.create({ data: row })
    return secret
  }
}

const livingOf = (factoryId: string, now: Date) => ({
  factoryId,
  OR: [{ expiresAt: null }, { expiresAt: { gt: now } }],
})
