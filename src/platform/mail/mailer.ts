/** A letter to one person. */
export interface Mail {
  readonly to: string
  readonly subject: string
  /** Plain text. */
  readonly text: string
  /** The same for programs that show HTML. */
  readonly html?: string
  /** Names the letter, so that one that is sent twice can be known again: a UUID. */
  readonly id?: string
}

export interface Mailer {
  /** Throws when the letter could not be handed over; whoever sends does so from a job, which tries again. */
  send(mail: Mail): Promise<void>
}
