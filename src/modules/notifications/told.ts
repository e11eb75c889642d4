import type { Notice } from './notice.js'
import type { Recipient } from './recipient.query.js'

/** A notice for one person. */
export interface Told {
  /** The notification's. */
  readonly id: string
  readonly notice: Notice
  readonly recipient: Recipient
}
