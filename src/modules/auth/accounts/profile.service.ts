import { inputError, unauthenticated, type WrongField } from '../../../kernel/domain-error.js'
import type { SignedInViewer, Viewer } from '../../../kernel/viewer.js'
import type { Database } from '../../../platform/database/database.js'
import { inTransaction, type Transaction } from '../../../platform/database/transaction.js'
import type { AssetStore } from '../../assets/index.js'
import type { Locale } from '../../users/index.js'
import { endedSession } from '../auth.errors.js'
import type { AuthLimits } from '../auth-limits.js'
import type { EmailChangeService } from '../emails/email-change.service.js'
import type { Client } from '../sessions/session-opening.js'
import { lockAccount } from './account-lock.js'
import { detailsConflict, isDuplicate, takenDetails } from './taken-details.js'

/** Absent stays as it is; null removes. */
export interface ProfileChanges {
  readonly displayName?: string | null | undefined
  /** Normalised. */
  readonly email?: string | null | undefined
  readonly telegramId?: string | null | undefined
  readonly avatarId?: string | null | undefined
  readonly locale?: Locale | null | undefined
}

export class ProfileService {
  constructor(
    private readonly database: Database,
    private readonly assets: AssetStore,
    private readonly limits: AuthLimits,
    private readonly emailChange: EmailChangeService,
  ) {}

  /**
   * Changes what the viewer's account says of itself. Another address only begins to wait for its proof.
   * @throws BAD_USER_INPUT; CONFLICT naming the fields that another account has; PROVIDER_UNAVAILABLE and RATE_LIMITED for an address
   */
  async update(viewer: Viewer, changes: ProfileChanges, client: Pick<Client, 'ip'>): Promise<void> {
    if (viewer.kind === 'visitor') throw unauthenticated()
    const refused = refusedChanges(viewer, changes)
    if (refused.length > 0) throw inputError(refused)
    const { userId } = viewer
    await this.refuseTaken(userId, changes, client)
    try {
      await inTransaction(this.database, (tx) => this.write(tx, userId, changes))
    } catch (error) {
      throw isDuplicate(error) ? detailsConflict(await takenDetails(this.database, changes, userId)) : error
    }
  }

  private async refuseTaken(userId: string, changes: ProfileChanges, client: Pick<Client, 'ip'>): Promise<void> {
    const { email } = changes
    // Trying addresses here tells as much as asking for them does.
    if (email) await this.limits.emailAvailable.take(client.ip, null)
    const taken = await takenDetails(this.database, changes, userId)
    if (taken.length > 0) throw detailsConflict(taken)
    const isOwn = email && (await this.database.prisma.user.count({ where: { id: userId, email } })) > 0
    if (email && !isOwn) await this.emailChange.admit(userId, email, client)
  }

  private async write(tx: Transaction, userId: string, changes: ProfileChanges): Promise<void> {
    const { displayName, email, telegramId, avatarId, locale } = changes
    if (!(await lockAccount(tx, userId))) throw endedSession()
    if (avatarId) {
      const own = await this.assets.ownedBy(tx, userId, [avatarId], ['AVATAR', 'GENERATION'])
      if (!own.has(avatarId)) throw inputError([{ path: 'input.avatarId', message: 'is not a picture of yours' }])
    }
    const data = {
      ...(displayName != null && { displayName }),
      ...(telegramId !== undefined && { telegramId }),
      ...(avatarId !== undefined && { avatarId }),
      ...(locale != null && { locale }),
    }
    await tx.prisma.user.update({ where: { id: userId }, data })
    if (email) await this.emailChange.begin(tx, userId, email)
  }
}

function refusedChanges({ isGuest }: SignedInViewer, { displayName, email, locale }: ProfileChanges): WrongField[] {
  const refused: WrongField[] = []
  if (locale === null) refused.push({ path: 'input.locale', message: 'can be changed, not removed' })
  if (displayName === null) refused.push({ path: 'input.displayName', message: 'can be changed, not removed' })
  if (email === null) refused.push({ path: 'input.email', message: 'can be changed, not removed' })
  if (email && isGuest) refused.push({ path: 'input.email', message: 'is what upgradeGuest gives a guest' })
  return refused
}
