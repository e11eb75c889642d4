import { afterAll, describe, expect, it } from 'vitest'
import { newId } from '../../../src/kernel/ids.js'
import { createLogger } from '../../../src/platform/observability/logger.js'
import { notificationDeliveriesTotal } from '../../../src/platform/observability/metrics.js'
import { startTelegramSimulator } from '../../simulators/telegram/telegram-simulator.js'
import { BOT_TOKEN } from '../../simulators/telegram-login.js'
import { openAccount } from '../../testkit/account.js'
import { openMailServer, type ReceivedLetter } from '../../testkit/mail-server.js'
import { startTestServer } from '../../testkit/server.js'
import { SUBJECTS } from '../auth/outbox.js'
import { bulletin } from './bulletin.js'
import { MARK_READ, SET_LOCALE, SET_PREFERENCES } from './operations.js'
import { toldTo } from './told.js'

const PATIENT = { timeout: 30_000 }
const lines: string[] = []
const [mail, telegram] = [await openMailServer(), await startTelegramSimulator(BOT_TOKEN)]
afterAll(() => Promise.all([mail.close(), telegram.close()]))
const server = await startTestServer({
  env: { SMTP_URL: mail.url, TELEGRAM_BOT_TOKEN: BOT_TOKEN, TELEGRAM_API_URL: telegram.url },
  log: createLogger('trace', { write: (line) => void lines.push(line) }),
})
const tell = bulletin(server)
const { prisma, pool } = server.platform.database

interface Reached {
  /** "anna@example.com": an address that is verified unless told otherwise. */
  readonly isVerified?: boolean
  readonly preferences?: { readonly email: string[]; readonly telegram: string[] }
}

let chats = 1_000

/** Somebody with an address and a linked Telegram account. */
async function reachable({ isVerified = true, preferences }: Reached = {}) {
  const account = await openAccount(server)
  const [email, chatId] = [`${newId()}@example.com`, String(++chats)]
  await prisma.user.update({
    where: { id: account.id },
    data: { email, emailVerifiedAt: isVerified ? new Date() : null },
  })
  await prisma.identity.create({
    data: { provider: 'TELEGRAM', subject: chatId, userId: account.id, linkedAt: new Date() },
  })
  if (preferences) await account.client.get(SET_PREFERENCES, { input: preferences })
  // The welcome of a new account may come to its new address, too.
  const letters = () => mail.letters.filter(({ to, subject }) => to.includes(email) && subject !== SUBJECTS.welcome)
  const messages = () => telegram.messages.filter((message) => message.chatId === chatId)
  return { ...account, email, chatId, letters, messages }
}

/** Until every delivery that is due has run. */
const untilQuiet = () =>
  expect
    .poll(async () => {
      const { rows } = await pool.query(
        `select 1 from graphile_worker.jobs where task_identifier like 'notifications.%' and (locked_at is not null or run_at <= now())`,
      )
      return rows.length
    }, PATIENT)
    .toBe(0)

const letterTo = async (person: { letters(): readonly ReceivedLetter[] }): Promise<ReceivedLetter> => {
  await expect.poll(() => person.letters().length, PATIENT).toBe(1)
  return person.letters()[0] as ReceivedLetter
}

const wild = '<img src=x onerror=alert(1)> & "friends"'
const words = { RU: { title: 'Заказ оплачен', body: wild }, EN: { title: 'An order is paid', body: wild } }

describe('a letter', { timeout: 60_000 }, () => {
  it('is plain text and HTML in Russian, in which what people wrote stays text', async () => {
    const person = await reachable()
    await tell(person.id, { type: 'ORDER', words })
    const { subject, text, html, raw } = await letterTo(person)
    expect(subject).toBe('Заказ оплачен')
    expect(text).toMatch(/^Здравствуйте!\n\n<img src=x onerror=alert\(1\)> & "friends"\n\n—\nЭто уведомление/)
    expect(html).toContain('<html lang="ru">')
    expect(html).toContain('&lt;img src=x onerror=alert(1)&gt; &amp; &quot;friends&quot;')
    expect(html).not.toContain('<img')
    const [notification] = await toldTo(person)
    expect(raw).toContain(`Message-ID: <${notification?.id}@localhost>`)
  })

  it('is in English for who asked for it', async () => {
    const person = await reachable()
    await person.client.get(SET_LOCALE, { locale: 'EN' })
    await tell(person.id, { type: 'ORDER', words })
    const { subject, text, html } = await letterTo(person)
    expect(subject).toBe('An order is paid')
    expect(text).toMatch(/^Hello!\n\n.+\n\n—\nThis is a notification of your AdTime account/)
    expect(html).toContain('<html lang="en">')
  })

  it('goes to verified addresses only, for types that are wanted there, and not where another room writes one', async () => {
    const unverified = await reachable({ isVerified: false })
    const careless = await reachable({ preferences: { email: ['PAYMENT'], telegram: [] } })
    const person = await reachable()
    await tell(unverified.id, { type: 'ORDER' })
    await tell(careless.id, { type: 'ORDER' })
    await tell(person.id, { type: 'SYSTEM' })
    await tell(person.id, { type: 'PAYMENT', hasOwnLetter: true })
    await tell(careless.id, { type: 'PAYMENT' })
    await letterTo(careless)
    await untilQuiet()
    expect([unverified.letters(), person.letters()]).toEqual([[], []])
    expect(await toldTo(person)).toHaveLength(2)
  })

  it('that the mail server refuses is tried again, and arrives once', async () => {
    const person = await reachable()
    mail.refuseNext(1)
    await tell(person.id, { type: 'ORDER' })
    await letterTo(person)
    await untilQuiet()
    expect(person.letters()).toHaveLength(1)
  })

  it('is not sent twice by a job that runs again, nor for what was read meanwhile', async () => {
    const person = await reachable()
    await tell(person.id, { type: 'ORDER' })
    await letterTo(person)
    const [sent] = await toldTo(person)
    const again = (id: string | undefined) =>
      pool.query(
        `select graphile_worker.add_job('notifications.email', json_build_object('notificationId', $1::text))`,
        [id],
      )
    await expect
      .poll(async () => (await prisma.notification.findUnique({ where: { id: sent?.id ?? '' } }))?.emailedAt, PATIENT)
      .toBeInstanceOf(Date)
    await again(sent?.id)
    const other = await reachable({ preferences: { email: [], telegram: [] } })
    await tell(other.id, { type: 'ORDER' })
    await other.client.get(SET_PREFERENCES, { input: { email: ['ORDER'], telegram: [] } })
    await other.client.get(MARK_READ)
    await again((await toldTo(other))[0]?.id)
    await untilQuiet()
    expect([person.letters().length, other.letters().length]).toEqual([1, 0])
  })
})

describe('a Telegram message', { timeout: 60_000 }, () => {
  const byTelegram = { preferences: { email: [], telegram: ['ORDER'] } }

  it('goes to the linked account of who wants it there, as plain text', async () => {
    const person = await reachable(byTelegram)
    const quiet = await reachable()
    await tell(quiet.id, { type: 'ORDER', words })
    await tell(person.id, { type: 'ORDER', words })
    await expect.poll(person.messages, PATIENT).toEqual([{ chatId: person.chatId, text: `Заказ оплачен\n\n${wild}` }])
    await untilQuiet()
    expect([quiet.messages(), person.letters()]).toEqual([[], []])
  })

  it('waits as long as Telegram asks, and then arrives once', async () => {
    const person = await reachable(byTelegram)
    telegram.faults.next('rate-limited')
    telegram.pauseSeconds = 900
    await tell(person.id, { type: 'ORDER' })
    const later = async () => {
      const { rows } = await pool.query<{ attempts: number }>(
        `select attempts from graphile_worker.jobs
         where task_identifier = 'notifications.telegram' and run_at > now() + interval '10 minutes'`,
      )
      return rows
    }
    await expect.poll(later, PATIENT).toEqual([{ attempts: 0 }])
    expect(person.messages()).toEqual([])
    await pool.query('update graphile_worker._private_jobs set run_at = now() where run_at > now()')
    await expect.poll(() => person.messages().length, PATIENT).toBe(1)
    await untilQuiet()
    expect(person.messages()).toHaveLength(1)
  })

  it('is tried again after an answer that says nothing', async () => {
    const person = await reachable(byTelegram)
    telegram.faults.next('error-not-applied')
    await tell(person.id, { type: 'ORDER' })
    await expect.poll(() => person.messages().length, PATIENT).toBe(1)
  })

  it('is given up for who blocked our bot, and counted', async () => {
    const refused = async () =>
      (await notificationDeliveriesTotal.get()).values.find(({ labels }) => labels.outcome === 'refused')?.value ?? 0
    const [person, before, calls] = [await reachable(byTelegram), await refused(), telegram.calls()]
    telegram.block(person.chatId)
    await tell(person.id, { type: 'ORDER' })
    await expect.poll(refused, PATIENT).toBe(before + 1)
    await untilQuiet()
    const { rows } = await pool.query(
      `select 1 from graphile_worker.jobs where task_identifier = 'notifications.telegram'`,
    )
    expect([rows.length, telegram.calls() - calls, person.messages().length]).toEqual([0, 1, 0])
  })
})

it('no log line and no stored job shows an address, a chat or the token of our bot', { timeout: 60_000 }, async () => {
  const person = await reachable({ preferences: { email: ['ORDER'], telegram: ['ORDER'] } })
  telegram.faults.next('dropped-not-applied')
  mail.refuseNext(1)
  await tell(person.id, { type: 'ORDER' })
  const failed = () =>
    lines.filter((line) => line.includes('Telegram did not answer') || line.includes('did not take a letter'))
  await expect.poll(() => failed().length, PATIENT).toBeGreaterThan(1)
  const { rows } = await pool.query<{ job: string }>('select j::text as job from graphile_worker._private_jobs j')
  const said = [...lines, ...rows.map(({ job }) => job)].join('\n')
  for (const secret of [person.email, BOT_TOKEN, `"${person.chatId}"`]) expect(said).not.toContain(secret)
})
