import type { Viewer } from '../../kernel/viewer.js'

/** Calls `onEnd` once the session has ended. @returns what stops watching */
export type WatchSession = (sessionId: string, onEnd: () => void) => Promise<() => void>

/** How a socket is closed whose session has ended. The client of graphql-ws does not connect again after it. */
const SESSION_ENDED = { code: 4403, reason: 'The session has ended. Sign in again.' } as const

/** The sessions that speak through one socket: it is closed with the first of them that ends. */
export class SocketSessions {
  private readonly watched = new Map<string, Promise<() => void>>()
  private isOver = false

  constructor(
    private readonly watchSession: WatchSession,
    private readonly close: (code: number, reason: string) => void,
  ) {}

  /** Resolves when the end of the viewer's session can no longer be missed. */
  async join(viewer: Viewer): Promise<void> {
    if (viewer.kind === 'visitor' || this.isOver) return
    const { sessionId } = viewer
    const known = this.watched.get(sessionId)
    const watch = known ?? this.watchSession(sessionId, () => this.close(SESSION_ENDED.code, SESSION_ENDED.reason))
    this.watched.set(sessionId, watch)
    await watch
  }

  /** The socket is closed: nothing is watched for it any more. */
  leave(): void {
    this.isOver = true
    for (const watch of this.watched.values())
      watch.then(
        (stop) => stop(),
        () => undefined,
      )
    this.watched.clear()
  }
}
