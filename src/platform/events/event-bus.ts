/** That a stream has reached a number. Ids and numbers only: who hears it loads and authorises for itself. */
export interface Announcement {
  readonly stream: string
  /** Decimal: numbers are 64-bit. */
  readonly number: string
  /** The row the event is about; null for signals, which are not stored. */
  readonly subjectId: string | null
  /** Milliseconds since 1970. */
  readonly occurredAt: number
}

/**
 * Carries announcements between processes. It may lose them (Redis does): streams read the database to make up for it,
 * so a bus makes them quick, never correct.
 */
export interface EventBus {
  publish(announcement: Announcement): Promise<void>
  /** @returns a function that ends the subscription */
  subscribe(stream: string, hear: (announcement: Announcement) => void): Promise<() => Promise<void>>
  /** False while announcements are surely being lost. */
  isHealthy(): boolean
  close(): Promise<void>
}
