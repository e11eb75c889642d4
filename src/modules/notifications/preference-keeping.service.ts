import type { NotificationType } from '../../generated/prisma/enums.js'
import { unauthenticated } from '../../kernel/domain-error.js'
import type { Viewer } from '../../kernel/viewer.js'
import type { Platform } from '../../platform/platform.js'
import { requirePrivateTo, type User } from '../users/index.js'

export interface Preferences {
  readonly email: readonly NotificationType[]
  readonly telegram: readonly NotificationType[]
}

/** What holds until somebody says otherwise. */
export const DEFAULT_PREFERENCES: Preferences = { email: ['ORDER', 'PAYMENT', 'SUPPORT'], telegram: [] }

export class PreferenceKeeping {
  constructor(private readonly platform: Pick<Platform, 'database'>) {}

  /** @throws FORBIDDEN to others than the user and staff */
  async of(viewer: Viewer, { id: userId }: Pick<User, 'id'>) {
    requirePrivateTo(viewer, userId)
    const { notificationPreferences } = this.platform.database.prisma
    const kept = await notificationPreferences.findUnique({ where: { userId } })
    return shown(kept ?? DEFAULT_PREFERENCES)
  }

  /** Each type counts once, however often it is given. */
  async set(viewer: Viewer, { email, telegram }: Preferences) {
    if (viewer.kind === 'visitor') throw unauthenticated()
    const { userId } = viewer
    const chosen = shown({ email: [...new Set(email)], telegram: [...new Set(telegram)] })
    const { notificationPreferences } = this.platform.database.prisma
    await notificationPreferences.upsert({ where: { userId }, create: { userId, ...chosen }, update: chosen })
    return chosen
  }
}

const shown = ({ email, telegram }: Preferences) => ({ email: [...email], telegram: [...telegram] })
