import type { FastifyInstance } from 'fastify'
import type { MessageChannel } from '../../generated/prisma/enums.js'
import { addDays, type Clock } from '../../kernel/clock.js'
import { newId } from '../../kernel/ids.js'
import type { Database } from '../database/database.js'
import { html } from '../http/html.js'
import type { SmsSender } from '../sms/sms-sender.js'
import type { TelegramSender } from '../telegram/telegram-sender.js'
import type { Mailer } from './mailer.js'

const SHOWN = 50
const KEPT_DAYS = 30

interface Message {
  readonly channel: MessageChannel
  readonly to: string
  readonly subject?: string
  readonly text: string
  readonly html?: string
}

/** Keeps messages instead of sending them: what runs outside production while there is no server to send them through. */
export class DevelopmentOutbox {
  constructor(
    private readonly database: Pick<Database, 'prisma'>,
    private readonly clock: Clock,
  ) {}

  readonly mailer: Mailer = { send: ({ id: _, ...mail }) => this.keep({ channel: 'EMAIL', ...mail }) }
  readonly sms: SmsSender = { send: (sms) => this.keep({ channel: 'SMS', ...sms }) }
  readonly telegram: TelegramSender = {
    send: ({ chatId, text }) => this.keep({ channel: 'TELEGRAM', to: chatId, text }),
  }

  private async keep(message: Message): Promise<void> {
    const now = this.clock.now()
    const { developmentMessage } = this.database.prisma
    await developmentMessage.deleteMany({ where: { sentAt: { lt: addDays(now, -KEPT_DAYS) } } })
    await developmentMessage.create({ data: { id: newId(), ...message, sentAt: now } })
  }
}

const STYLE = `body { font: 1rem/1.6 system-ui, sans-serif; max-width: 44rem; margin: 3rem auto; padding: 0 1.5rem; color: #1c1b22; background: #fbfaf7 }
article { border: 1px solid #dcd7ca; border-radius: .5rem; padding: 1rem 1.25rem; margin: 1rem 0; background: #fff }
h2 { font-size: 1.1rem; margin: 0 } p { color: #5b5866; margin: .2rem 0 } pre { white-space: pre-wrap; overflow-wrap: anywhere; font: inherit; margin: .8rem 0 0 }
summary { margin-top: .8rem; cursor: pointer } iframe { width: 100%; height: 34rem; border: 1px solid #dcd7ca; border-radius: .5rem; margin-top: .5rem }`

/** `/dev/outbox`: the latest messages, newest first; as JSON for who asks for that. */
export function registerOutboxPage(app: FastifyInstance, { prisma }: Pick<Database, 'prisma'>): void {
  app.get('/dev/outbox', async (request, reply) => {
    const messages = await prisma.developmentMessage.findMany({
      orderBy: [{ sentAt: 'desc' }, { id: 'desc' }],
      take: SHOWN,
    })
    void reply.header('cache-control', 'no-store')
    if (request.headers.accept?.includes('application/json')) return reply.send({ messages })
    const letters = messages.map(
      ({ channel, to, subject, text, html: page, sentAt }) =>
        html`<article><h2>${subject ?? channel}</h2><p>To ${to}, ${sentAt.toISOString()}</p><pre>${text}</pre>
${page && html`<details><summary>As HTML</summary><iframe sandbox title="${subject ?? channel}" srcdoc="${page}"></iframe></details>`}</article>`,
    )
    const page = html`<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>AdTime outbox</title><style>${STYLE}</style>
<main><h1>Outbox</h1><p>Letters, short messages and messages to Telegram that would have been sent. The ${SHOWN} latest, newest first.</p>
${letters.length > 0 ? letters : html`<p>None yet. Register an account, and its welcome letter appears here.</p>`}</main></html>`
    return reply
      .type('text/html; charset=utf-8')
      .header('content-security-policy', "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'")
      .send(page.text)
  })
}
