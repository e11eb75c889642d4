import type { Clock } from '../kernel/clock.js'
import type { CursorCodec } from '../kernel/cursor.js'
import type { Config } from './config/config.js'
import type { Secrets } from './config/secrets.js'
import type { Database } from './database/database.js'
import type { EventBus } from './events/event-bus.js'
import type { EventStreams } from './events/event-streams.js'
import type { RateLimits } from './limits/rate-limits.js'
import type { Mailer } from './mail/mailer.js'
import type { Logger } from './observability/logger.js'
import type { SealedBox } from './secrets/sealed-box.js'
import type { SmsSender } from './sms/sms-sender.js'
import type { TelegramSender } from './telegram/telegram-sender.js'

/** What every room is built on. */
export interface Platform {
  readonly config: Config
  readonly secrets: Secrets
  readonly database: Database
  readonly streams: EventStreams
  /** For what is told and not kept; what must arrive goes through `streams`. */
  readonly bus: EventBus
  readonly cursors: CursorCodec
  readonly clock: Clock
  readonly limits: RateLimits
  readonly sealedBox: SealedBox
  /** Null where letters have nowhere to go; then none is written. */
  readonly mailer: Mailer | null
  /** Null where short messages have nowhere to go. */
  readonly sms: SmsSender | null
  /** Null where messages to Telegram have nowhere to go. */
  readonly telegram: TelegramSender | null
  readonly log: Logger
}
