import type { Clock } from '../../kernel/clock.js'
import type { Authenticated, SignedInViewer } from '../../kernel/viewer.js'

/** Why a session can be spoken for no longer: it is no more, or its account may do other things now. */
export type SessionOver = 'ended' | 'changed'

export interface SessionWatching {
  /** Resolves when whatever was heard of the session until now has been looked at; null when it has been. */
  settled(): Promise<unknown> | null
  stop(): void
}

/** Calls `onOver` once the viewer's session is over, or the viewer is not as given any more. */
export type WatchSession = (viewer: SignedInViewer, onOver: (how: SessionOver) => void) => Promise<SessionWatching>

/**
 * What a socket is closed with. The client of graphql-ws takes 4401 for final: its subscriptions fail, and the app refreshes and
 * subscribes again. After 4403 it connects again by itself, in vain, unless its `shouldRetry` knows better.
 */
const CLOSING = {
  ended: [4403, 'The session has ended. Sign in again.'],
  changed: [4401, 'What your account may do has changed. Refresh and connect again.'],
  expired: [4401, 'The access token has expired. Refresh and connect again.'],
} as const

/** A clock that is set, or a machine that slept, is noticed as late as this. */
const LONGEST_WAIT_MS = 30_000

interface Joined {
  readonly watching: Promise<SessionWatching>
  /** The same, once it is there. */
  watched?: SessionWatching
  /** Of the last of its tokens. Null when that lasts as long as the session. */
  expiresAt: Date | null
  timer?: NodeJS.Timeout
}

/** The sessions that speak through one socket: it is closed with the first that is over, or whose access tokens have expired. */
export class SocketSessions {
  private readonly joined = new Map<string, Joined>()
  private isOver = false

  constructor(
    private readonly watchSession: WatchSession,
    private readonly clock: Clock,
    private readonly close: (code: number, reason: string) => void,
  ) {}

  /** Resolves when the end of the viewer's session can no longer be missed. */
  async join({ viewer, expiresAt }: Authenticated): Promise<void> {
    if (viewer.kind === 'visitor' || this.isOver) return
    const { sessionId } = viewer
    const joined = this.joined.get(sessionId) ?? {
      watching: this.watchSession(viewer, (how) => this.end(how)),
      expiresAt,
    }
    this.joined.set(sessionId, joined)
    if (joined.expiresAt && (!expiresAt || expiresAt > joined.expiresAt)) joined.expiresAt = expiresAt
    this.awaitExpiry(joined)
    try {
      joined.watched = await joined.watching
    } catch (error) {
      // Not watched: the next operation tries again.
      clearTimeout(joined.timer)
      if (this.joined.get(sessionId) === joined) this.joined.delete(sessionId)
      throw error
    }
  }

  /** @returns whether the socket may be spoken to, at once unless something is being found out about its sessions; when not, it is closed */
  mayHear(): boolean | Promise<boolean> {
    for (const { watched } of this.joined.values()) if (!watched || watched.settled()) return this.mayHearOnceSettled()
    return this.isUnexpired()
  }

  /** The socket is closed: nothing is watched for it any more. */
  leave(): void {
    this.isOver = true
    for (const { watching, timer } of this.joined.values()) {
      clearTimeout(timer)
      watching.then(
        (watched) => watched.stop(),
        () => undefined,
      )
    }
    this.joined.clear()
  }

  private async mayHearOnceSettled(): Promise<boolean> {
    for (const { watching } of this.joined.values()) {
      const watched = await watching.catch(() => null)
      await watched?.settled()
    }
    return this.isUnexpired()
  }

  private isUnexpired(): boolean {
    for (const { expiresAt } of this.joined.values())
      if (expiresAt && expiresAt <= this.clock.now()) this.end('expired')
    return !this.isOver
  }

  private end(how: keyof typeof CLOSING): void {
    if (this.isOver) return
    this.leave()
    const [code, reason] = CLOSING[how]
    this.close(code, reason)
  }

  private awaitExpiry(joined: Joined): void {
    clearTimeout(joined.timer)
    if (!joined.expiresAt || this.isOver) return
    const left = joined.expiresAt.getTime() - this.clock.now().getTime()
    if (left <= 0) this.end('expired')
    else joined.timer = setTimeout(() => this.awaitExpiry(joined), Math.min(left, LONGEST_WAIT_MS)).unref()
  }
}
