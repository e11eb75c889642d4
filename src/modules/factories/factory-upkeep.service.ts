import { DomainError, inputError, notFound } from '../../kernel/domain-error.js'
import { newId } from '../../kernel/ids.js'
import type { Viewer } from '../../kernel/viewer.js'
import { recordDeed } from '../../platform/audit/audit-log.js'
import { inTransaction, type Transaction } from '../../platform/database/transaction.js'
import type { OutboundCalls } from '../../platform/outbound/outbound-calls.js'
import type { Platform } from '../../platform/platform.js'
import type { WebhookSecrets } from './calls/webhook-secrets.service.js'
import type { FactoryInput } from './factory.input.js'
import { changesOf, type FactoryFacts } from './factory-changes.js'

/** Takes factories in and changes them. */
export class FactoryUpkeep {
  constructor(
    private readonly platform: Pick<Platform, 'database' | 'clock'>,
    private readonly outbound: Pick<OutboundCalls, 'problemWith'>,
    private readonly secrets: WebhookSecrets,
  ) {}

  /**
   * @param id null for a new factory
   * @returns the factory's id
   * @throws BAD_USER_INPUT for a webhook URL that must not be called; NOT_FOUND; CONFLICT when it works on more than the capacity
   */
  async upsert(viewer: Viewer, id: string | null, input: FactoryInput, ip: string | null): Promise<string> {
    const facts = factsOf(input)
    await this.refuseUrl(facts.webhookUrl)
    const { database, clock } = this.platform
    return inTransaction(database, async (tx) => {
      const before = id === null ? null : await this.lock(tx, id)
      if (before && before.currentLoad > facts.capacity)
        throw new DomainError('CONFLICT', `It works on ${before.currentLoad} orders now, which is over this capacity.`)
      const subjectId = id ?? newId()
      // Whoever gives a URL says that it is to be called, whatever it answered before.
      const data = { ...facts, ...(facts.webhookUrl !== undefined && { webhookOffAt: null, callsPausedUntil: null }) }
      if (before) await tx.prisma.factory.update({ where: { id: subjectId }, data })
      else await tx.prisma.factory.create({ data: { ...data, id: subjectId, rating: 0, createdAt: clock.now() } })
      if (facts.webhookUrl) await this.secrets.ensure(tx, subjectId)
      await recordDeed(tx, clock, {
        actorId: viewer.kind === 'user' ? viewer.userId : null,
        action: before ? 'factory.update' : 'factory.create',
        subjectType: 'Factory',
        subjectId,
        changes: changesOf(before, facts),
        ip,
      })
      return subjectId
    })
  }

  private async refuseUrl(url: string | null | undefined): Promise<void> {
    const problem = url ? await this.outbound.problemWith(url) : null
    if (problem) throw inputError([{ path: 'input.webhookUrl', message: problem }])
  }

  // The load does not change while the lock is held.
  private async lock(tx: Transaction, id: string) {
    await tx.prisma.$queryRaw`select from factories where id = ${id}::uuid for no key update`
    const factory = await tx.prisma.factory.findUnique({ where: { id } })
    if (!factory) throw notFound('factory')
    return factory
  }
}

/** Plain and whole: input objects are class instances with absent properties. */
const factsOf = (input: FactoryInput): FactoryFacts => ({
  name: input.name,
  location: input.location,
  specializations: [...input.specializations],
  capacity: input.capacity,
  leadTimeDays: input.leadTimeDays,
  serviceLevel: input.serviceLevel,
  contactEmail: input.contactEmail,
  isActive: input.isActive,
  ...(input.webhookUrl !== undefined && { webhookUrl: input.webhookUrl }),
})
