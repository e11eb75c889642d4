/** A message to one person's chat with our bot. */
export interface TelegramMessage {
  /** The person's Telegram id, which is their chat's with a bot, too. */
  readonly chatId: string
  /** Plain text, up to 4096 characters. */
  readonly text: string
}

export interface TelegramSender {
  /** @throws TelegramRefusal for a final no, TelegramBusy when asked to wait; anything else when nobody knows */
  send(message: TelegramMessage): Promise<void>
}

/** This message will never be taken: the person blocked our bot, never wrote to it, or is gone. */
export class TelegramRefusal extends Error {
  override readonly name = 'TelegramRefusal'
}

/** Too many messages: the same may be sent again after so many seconds. */
export class TelegramBusy extends Error {
  override readonly name = 'TelegramBusy'

  constructor(readonly retryAfter: number) {
    super(`Telegram asks for a pause of ${retryAfter} s`)
  }
}
