import type { FastifyInstance } from 'fastify'
import { addDays, type Clock } from '../../kernel/clock.js'
import { newId } from '../../kernel/ids.js'
import type { Database } from '../database/database.js'
import { html } from '../http/html.js'
import type { Mailer } from './mailer.js'

const SHOWN = 50
const KEPT_DAYS = 30

/** Keeps letters instead of sending them: what runs outside production while there is no mail server. */
export const developmentOutbox = ({ prisma }: Pick<Database, 'prisma'>, clock: Clock): Mailer => ({
  async send(mail) {
    const now = clock.now()
    await prisma.developmentMail.deleteMany({ where: { sentAt: { lt: addDays(now, -KEPT_DAYS) } } })
    await prisma.developmentMail.create({ data: { id: newId(), ...mail, sentAt: now } })
  },
})

const STYLE = `body { font: 1rem/1.6 system-ui, sans-serif; max-width: 44rem; margin: 3rem auto; padding: 0 1.5rem; color: #1c1b22; background: #fbfaf7 }
article { border: 1px solid #dcd7ca; border-radius: .5rem; padding: 1rem 1.25rem; margin: 1rem 0; background: #fff }
h2 { font-size: 1.1rem; margin: 0 } p { color: #5b5866; margin: .2rem 0 } pre { white-space: pre-wrap; font: inherit; margin: .8rem 0 0 }`

/** `/dev/outbox`: the latest letters, newest first. */
export function registerOutboxPage(app: FastifyInstance, { prisma }: Pick<Database, 'prisma'>): void {
  app.get('/dev/outbox', async (_request, reply) => {
    const mails = await prisma.developmentMail.findMany({ orderBy: { sentAt: 'desc' }, take: SHOWN })
    const letters = mails.map(
      ({ to, subject, text, sentAt }) =>
        html`<article><h2>${subject}</h2><p>To ${to}, ${sentAt.toISOString()}</p><pre>${text}</pre></article>`,
    )
    const page = html`<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>AdTime outbox</title><style>${STYLE}</style>
<main><h1>Outbox</h1><p>Letters that a mail server would have sent. The ${SHOWN} latest, newest first.</p>
${letters.length > 0 ? letters : html`<p>None yet. Register an account, and its welcome letter appears here.</p>`}</main></html>`
    return reply
      .type('text/html; charset=utf-8')
      .header('cache-control', 'no-store')
      .header('content-security-policy', "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'")
      .send(page.text)
  })
}
