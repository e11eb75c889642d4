import { Pool } from 'undici'
import { z } from 'zod'
import { TelegramBusy, type TelegramMessage, TelegramRefusal, type TelegramSender } from './telegram-sender.js'

const CONNECT_MS = 5_000
const CONNECTIONS = 4
const MAX_ANSWER_BYTES = 256 * 1024
/** What a pause is when Telegram names none, and the longest that we keep to. */
const PAUSE_SECONDS = { unnamed: 30, longest: 3_600 }

interface TelegramAccess {
  readonly botToken: string
  /** Base of the Bot API, without a trailing slash. */
  readonly apiUrl: string
  /** How long one call may take. */
  readonly answerMs: number
}

const answerSchema = z.object({
  ok: z.boolean(),
  description: z.string().optional(),
  parameters: z.object({ retry_after: z.number().optional() }).optional(),
})
type Answer = z.infer<typeof answerSchema>

/** Our bot, over Telegram's Bot API: https://core.telegram.org/bots/api. The token stands in every path, so no error shows one. */
export class TelegramBot implements TelegramSender {
  private readonly pool: Pool
  private readonly path: string

  constructor(private readonly access: TelegramAccess) {
    const { origin, pathname } = new URL(access.apiUrl)
    this.path = `${pathname.replace(/\/+$/, '')}/bot${access.botToken}`
    this.pool = new Pool(origin, {
      connections: CONNECTIONS,
      connect: { timeout: Math.min(CONNECT_MS, access.answerMs) },
      headersTimeout: access.answerMs,
      bodyTimeout: access.answerMs,
      maxResponseSize: MAX_ANSWER_BYTES,
    })
  }

  async send({ chatId, text }: TelegramMessage): Promise<void> {
    // No parse mode: what people wrote is shown as they wrote it.
    const body = JSON.stringify({ chat_id: chatId, text, link_preview_options: { is_disabled: true } })
    const { status, answer } = await this.call('sendMessage', body)
    if (status === 200 && answer.ok) return
    const said = answer.description ?? `it answered ${status}`
    if (status === 429) throw new TelegramBusy(pauseOf(answer))
    // 401 and 404 are about our token: not the person's fault, and mended by who runs us.
    if (status === 400 || status === 403) throw new TelegramRefusal(`Telegram refused a message: ${said}`)
    throw new Error(`Telegram did not take a message: ${said}`)
  }

  /** Calls that are still under way fail. */
  close(): Promise<void> {
    return this.pool.destroy()
  }

  private async call(method: string, body: string): Promise<{ status: number; answer: Answer }> {
    try {
      const answer = await this.pool.request({
        method: 'POST',
        path: `${this.path}/${method}`,
        headers: { 'content-type': 'application/json', accept: 'application/json' },
        body,
        // The pool's limits are for each phase; this one is for the whole.
        signal: AbortSignal.timeout(this.access.answerMs),
      })
      return { status: answer.statusCode, answer: answerOf(await answer.body.text()) }
    } catch (error) {
      const { code, name } = error as NodeJS.ErrnoException
      throw new Error(`Telegram did not answer (${code ?? name})`)
    }
  }
}

function answerOf(text: string): Answer {
  try {
    return answerSchema.parse(JSON.parse(text))
  } catch {
    return { ok: false }
  }
}

function pauseOf({ parameters }: Answer): number {
  const asked = parameters?.retry_after ?? PAUSE_SECONDS.unnamed
  return Math.min(Math.max(1, Math.ceil(asked)), PAUSE_SECONDS.longest)
}
