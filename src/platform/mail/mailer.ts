/** A letter to one person. */
export interface Mail {
  readonly to: string
  readonly subject: string
  /** Plain text. */
  readonly text: string
}

export interface Mailer {
  /** Throws when the letter could not be handed over; whoever sends does so from a job, which tries again. */
  send(mail: Mail): Promise<void>
}
