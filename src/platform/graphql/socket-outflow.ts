import type { WebSocket } from 'ws'
import { slowConsumersTotal } from '../observability/metrics.js'
import { SocketClosing } from './socket-closing.js'

const WAITING_LIMIT_BYTES = 1024 * 1024
const STANDSTILL_LIMIT_MS = 10_000

type Outlet = Pick<WebSocket, 'readyState' | 'bufferedAmount' | 'send'>

/**
 * What goes out through one socket. A message is sent when the system has taken it, which is what streams wait for before they take their
 * next event; so a slow reader holds back its own streams, and each holds one message. A socket through which nothing moves for ten seconds is
 * closed, and so is one that is to send while a megabyte waits, as when many operations are answered to somebody who does not read.
 */
export class SocketOutflow {
  private waiting = 0
  private taken = 0
  private watch: NodeJS.Timeout | undefined

  constructor(
    private readonly socket: Outlet,
    private readonly close: (code: number, reason: string) => void,
  ) {}

  /** Resolves when the message was taken, or when there is no one to take it. */
  send(message: string): Promise<void> {
    if (!this.mayGrow()) return Promise.resolve()
    return new Promise((resolve) => {
      this.waiting++
      if (!this.watch) this.watchFrom(this.taken)
      this.socket.send(message, () => {
        // A failure breaks the socket, which says so by itself.
        this.waiting--
        this.taken++
        resolve()
      })
    })
  }

  /** Closes a socket for which too much waits. @returns whether something may be added */
  private mayGrow(): boolean {
    if (this.socket.readyState !== 1) return false
    if (this.socket.bufferedAmount <= WAITING_LIMIT_BYTES) return true
    this.closeSlow()
    return false
  }

  end(): void {
    clearTimeout(this.watch)
  }

  private watchFrom(taken: number): void {
    this.watch = setTimeout(() => this.lookAfter(taken), STANDSTILL_LIMIT_MS).unref()
  }

  private lookAfter(takenBefore: number): void {
    this.watch = undefined
    if (this.waiting === 0 || this.socket.readyState !== 1) return
    if (this.taken === takenBefore) this.closeSlow()
    else this.watchFrom(this.taken)
  }

  private closeSlow(): void {
    slowConsumersTotal.inc()
    this.close(...SocketClosing.tooSlow)
  }
}
