/** A short message to one phone. */
export interface Sms {
  /** E.164. */
  readonly to: string
  readonly text: string
}

export interface SmsSender {
  /** Throws when the message could not be handed over. */
  send(sms: Sms): Promise<void>
}
