import { endable, Waiting } from '../../platform/events/endable.js'

/** For a client that vanished while it was typing. */
const SILENCE_MS = 6_000
/** Of whom changes wait for one reader; a chat has fewer people. */
const MOST = 100

export interface Typing {
  readonly orderId: string
  readonly userId: string
  readonly isTyping: boolean
}

/**
 * Who types, as one reader of it learns: only changes, and each person's last one when the reader is slow. Who says nothing for six
 * seconds has stopped.
 */
export class Typists {
  private readonly waiting = new Map<string, boolean>()
  private readonly told = new Set<string>()
  private readonly silences = new Map<string, NodeJS.Timeout>()
  private wake = () => {}

  constructor(private readonly orderId: string) {}

  hear({ userId, isTyping }: Pick<Typing, 'userId' | 'isTyping'>): void {
    clearTimeout(this.silences.get(userId))
    this.silences.delete(userId)
    if (!this.told.has(userId) && !this.waiting.has(userId) && this.waiting.size >= MOST) return
    if (isTyping)
      this.silences.set(userId, setTimeout(() => this.hear({ userId, isTyping: false }), SILENCE_MS).unref())
    this.waiting.set(userId, isTyping)
    this.wake()
  }

  /** The changes that pass the check, one at a time. `onEnd` is called once when they are returned. */
  changes(check: () => Promise<boolean>, onEnd: () => void): AsyncIterableIterator<Typing> {
    return endable<Typing>({
      take: () => this.next() ?? this.hearing(),
      check,
      onEnd: () => {
        for (const silence of this.silences.values()) clearTimeout(silence)
        this.silences.clear()
        onEnd()
      },
    })
  }

  private hearing(): Waiting {
    const heard = new Promise<void>((resolve) => {
      this.wake = resolve
    })
    return new Waiting(heard, this.wake)
  }

  private next(): Typing | undefined {
    for (const [userId, isTyping] of this.waiting) {
      this.waiting.delete(userId)
      if (this.told.has(userId) === isTyping) continue
      if (isTyping) this.told.add(userId)
      else this.told.delete(userId)
      return { orderId: this.orderId, userId, isTyping }
    }
    return undefined
  }
}
