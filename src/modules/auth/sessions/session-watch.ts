import { setTimeout as sleep } from 'node:timers/promises'
import type { SignedInViewer } from '../../../kernel/viewer.js'
import type { EventStreams } from '../../../platform/events/event-streams.js'
import type { SessionOver, SessionWatching } from '../../../platform/graphql/socket-sessions.js'
import { sessionStream } from './session-end.js'
import type { SessionViewerQuery } from './session-viewer.query.js'

const ASK_AGAIN_MS = 1_000

export class SessionWatch {
  constructor(
    private readonly streams: Pick<EventStreams, 'followSignals'>,
    private readonly sessionViewers: Pick<SessionViewerQuery, 'bySession'>,
  ) {}

  /**
   * Calls `onOver` once the viewer's session has ended or its account may do other things than the viewer as given, here or on
   * another replica; also when that was so before.
   */
  async watch(viewer: SignedInViewer, onOver: (how: SessionOver) => void): Promise<SessionWatching> {
    const signals = await this.streams.followSignals(sessionStream(viewer.sessionId))
    const stopped = new AbortController()
    const stop = () => {
      stopped.abort()
      void signals.return?.()
    }
    const look = async () => {
      const how = await this.lookAt(viewer, stopped.signal)
      if (how === null || stopped.signal.aborted) return
      stop()
      onOver(how)
    }
    // Watched first and asked second, so that nothing falls in between. Each signal is looked at by itself: a look that is under way may
    // have been too early for it.
    let looking: Promise<unknown> | null = null
    const lookNow = () => {
      const all: Promise<unknown> = Promise.all([looking, look()]).then(() => {
        if (looking === all) looking = null
      })
      looking = all
    }
    lookNow()
    void (async () => {
      for await (const _ of signals) lookNow()
    })()
    return { settled: () => looking, stop }
  }

  /** How the viewer is over, or null; asks until the database answers. */
  private async lookAt(viewer: SignedInViewer, stopped: AbortSignal): Promise<SessionOver | null> {
    while (!stopped.aborted) {
      try {
        const current = await this.sessionViewers.bySession(viewer.sessionId)
        if (!current) return 'ended'
        return hasSameStanding(viewer, current) ? null : 'changed'
      } catch {
        await sleep(ASK_AGAIN_MS, null, { signal: stopped, ref: false }).catch(() => null)
      }
    }
    return null
  }
}

const hasSameStanding = (one: SignedInViewer, other: SignedInViewer): boolean =>
  one.role === other.role &&
  one.factoryId === other.factoryId &&
  one.isGuest === other.isGuest &&
  one.needsSecondFactor === other.needsSecondFactor
