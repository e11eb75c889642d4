import type { Database } from '../../../platform/database/database.js'
import { inTransaction } from '../../../platform/database/transaction.js'
import type { EventStreams } from '../../../platform/events/event-streams.js'
import type { JobHandler } from '../../../platform/jobs/job-handler.js'
import { sessionStream } from '../sessions/session-end.js'

export const DROP_SESSION_STREAMS = 'auth.drop-session-streams'

/** Forgets the streams of sessions whose rows went before everybody could have heard that they ended. */
export const dropSessionStreams =
  (database: Database, streams: Pick<EventStreams, 'drop'>): JobHandler =>
  ({ sessionIds }: { readonly sessionIds: readonly string[] }) =>
    inTransaction(database, (tx) => streams.drop(tx, sessionIds.map(sessionStream)))
