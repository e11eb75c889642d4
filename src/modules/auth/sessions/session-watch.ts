import { setTimeout as sleep } from 'node:timers/promises'
import type { EventStreams } from '../../../platform/events/event-streams.js'
import { sessionStream } from './session-end.js'
import type { SessionViewerQuery } from './session-viewer.query.js'

const ASK_AGAIN_MS = 1_000

export class SessionWatch {
  constructor(
    private readonly streams: Pick<EventStreams, 'followSignals'>,
    private readonly sessionViewers: SessionViewerQuery,
  ) {}

  /** Calls `onEnd` once the session has ended, here or on another replica; also when it had before. @returns what stops watching */
  async watch(sessionId: string, onEnd: () => void): Promise<() => void> {
    const signals = await this.streams.followSignals(sessionStream(sessionId))
    const stopped = new AbortController()
    const stop = () => {
      stopped.abort()
      void signals.return?.()
    }
    // Watched first and asked second, so that no end falls in between.
    void this.untilEnd(sessionId, signals, stopped.signal).then((hasEnded) => {
      stop()
      if (hasEnded) onEnd()
    })
    return stop
  }

  private async untilEnd(
    sessionId: string,
    signals: AsyncIterableIterator<bigint>,
    stopped: AbortSignal,
  ): Promise<boolean> {
    while (!stopped.aborted) {
      const hasEnded = await this.hasEnded(sessionId)
      if (hasEnded) return true
      if (hasEnded === null) await sleep(ASK_AGAIN_MS, null, { signal: stopped, ref: false }).catch(() => null)
      else if ((await signals.next()).done) return false
    }
    return false
  }

  /** Null when the database cannot say. */
  private hasEnded(sessionId: string): Promise<boolean | null> {
    return this.sessionViewers.bySession(sessionId).then(
      (viewer) => viewer === null,
      () => null,
    )
  }
}
