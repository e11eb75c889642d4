import { Faults } from '../faults.js'
import { SeededRandom } from '../seeded-random.js'
import { type Answer, type Call, serveSimulator } from '../simulator-server.js'

const LONGEST = 4_096

interface SentMessage {
  readonly chatId: string
  readonly text: string
}

export interface TelegramSimulator {
  readonly url: string
  readonly faults: Faults
  /** How long it asks for a pause when there are too many requests. */
  pauseSeconds: number
  /** What people can read, in order. */
  readonly messages: readonly SentMessage[]
  /** Every call that came, answered or not. */
  calls(): number
  /** The person of this chat blocks our bot. */
  block(chatId: string): void
  close(): Promise<void>
}

/** The part of Telegram's Bot API that sends messages, as https://core.telegram.org/bots/api has it. */
export async function startTelegramSimulator(botToken: string): Promise<TelegramSimulator> {
  const faults = new Faults(new SeededRandom(1), ['rate-limited'])
  const messages: SentMessage[] = []
  const blocked = new Set<string>()
  let calls = 0

  const handle = ({ method, url, body }: Call): Answer => {
    calls++
    if (!url.pathname.startsWith(`/bot${botToken}/`)) return refusal(401, 'Unauthorized')
    if (method !== 'POST' || !url.pathname.endsWith('/sendMessage')) return refusal(404, 'Not Found')
    const { chat_id: chatId, text } = JSON.parse(body) as { chat_id?: string; text?: string }
    if (!chatId || !/^-?\d+$/.test(chatId)) return refusal(400, 'Bad Request: chat not found')
    if (!text) return refusal(400, 'Bad Request: message text is empty')
    if (text.length > LONGEST) return refusal(400, 'Bad Request: message is too long')
    if (blocked.has(chatId)) return refusal(403, 'Forbidden: bot was blocked by the user')
    messages.push({ chatId, text })
    const result = {
      message_id: messages.length,
      date: 1_700_000_000,
      chat: { id: Number(chatId), type: 'private' },
      text,
    }
    return { status: 200, body: { ok: true, result } }
  }

  const server = await serveSimulator({
    apiPath: '/bot',
    faults,
    handle,
    trouble: (status) =>
      status === 429
        ? refusal(429, `Too Many Requests: retry after ${simulator.pauseSeconds}`, {
            parameters: { retry_after: simulator.pauseSeconds },
          })
        : refusal(500, 'Internal Server Error'),
  })
  const simulator: TelegramSimulator = {
    ...server,
    faults,
    pauseSeconds: 1,
    messages,
    calls: () => calls,
    block: (chatId) => void blocked.add(chatId),
  }
  return simulator
}

const refusal = (status: number, description: string, more: object = {}): Answer => ({
  status,
  body: { ok: false, error_code: status, description, ...more },
})
