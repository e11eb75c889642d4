import { afterAll, describe, expect, it } from 'vitest'
import { createLogger } from '../../../src/platform/observability/logger.js'
import { TestClient } from '../../testkit/client.js'
import { openMailServer, type ReceivedLetter } from '../../testkit/mail-server.js'
import { productionEnvironment } from '../../testkit/production.js'
import { startTestServer } from '../../testkit/server.js'
import {
  CHANGE_PASSWORD,
  LOGIN,
  PASSWORD,
  REQUEST_RESET,
  REQUEST_VERIFICATION,
  RESET_PASSWORD,
  UPDATE_PROFILE,
  VERIFY_EMAIL,
} from './operations.js'
import { SUBJECTS, tokenIn } from './outbox.js'
import { newAddress, registerSomebody } from './people.js'

const lines: string[] = []
const log = createLogger('trace', { write: (line) => void lines.push(line) })
const mail = await openMailServer()
afterAll(() => mail.close())
const SMTP = { SMTP_URL: mail.url, MAIL_FROM: 'АдТайм <noreply@adtime.test>' }
const server = await startTestServer({ env: SMTP, log })
const { prisma, pool } = server.platform.database

async function letterTo(to: string, subject: string): Promise<ReceivedLetter> {
  const find = () => mail.letters.find((letter) => letter.to.includes(to) && letter.subject === subject)
  await expect.poll(find, { timeout: 15_000 }).toBeDefined()
  return find() as ReceivedLetter
}

/** Every row of every table, as text. */
async function everythingStored(): Promise<string> {
  const { rows: tables } = await pool.query<{ name: string }>(
    `select format('%I.%I', table_schema, table_name) as name from information_schema.tables
     where table_type = 'BASE TABLE' and table_schema not in ('pg_catalog', 'information_schema')`,
  )
  expect(tables.length).toBeGreaterThan(30)
  const dumps = await Promise.all(
    tables.map(async ({ name }) => (await pool.query<{ row: string }>(`select t::text as row from ${name} t`)).rows),
  )
  return dumps
    .flat()
    .map(({ row }) => row)
    .join('\n')
}

describe('a server with SMTP', () => {
  it('sends its letters there, whoever it is, and shows none at the outbox', async () => {
    const email = newAddress()
    await registerSomebody(server, email)
    const { text, raw } = await letterTo(email, SUBJECTS.welcome)
    expect(text).toMatch(/^Здравствуйте!\n\nВаш аккаунт создан\. Опишите рекламу словами — мы нарисуем её/)
    expect(raw).toMatch(/^From: =\?UTF-8\?B\?.+\?= <noreply@adtime\.test>/m)
    expect(await (await fetch(`${server.url}/dev/outbox`)).text()).not.toContain(email)
  })

  it('tries a letter again that was refused', async () => {
    const email = newAddress()
    await registerSomebody(server, email)
    await letterTo(email, SUBJECTS.welcome)
    mail.refuseNext(1)
    await new TestClient(server).get(REQUEST_RESET, { email })
    const { text } = await letterTo(email, SUBJECTS.reset)
    const token = tokenIn({ text })
    expect(await new TestClient(server).codeOf(RESET_PASSWORD, { token, password: 'Another-secret-2' })).toBe('ok')
    expect(lines.some((line) => line.includes('try again later'))).toBe(true)
  })

  it('keeps no token, password or address in any line of its log, and no token or password in its database', async () => {
    const [email, next] = [newAddress(), newAddress()]
    const { token: signedIn } = await registerSomebody(server, email)
    const client = new TestClient(server, signedIn.accessToken)
    const proof = tokenIn(await letterTo(email, SUBJECTS.welcome))
    await fetch(`${server.url}/account/verify-email?token=${proof}`)
    await client.get(UPDATE_PROFILE, { input: { email: next } })
    mail.refuseNext(1)
    const change = tokenIn(await letterTo(next, SUBJECTS.verify))
    await new TestClient(server).get(REQUEST_RESET, { email })
    const reset = tokenIn(await letterTo(email, SUBJECTS.reset))
    const dumps = [await everythingStored()]
    const body = new URLSearchParams({ token: reset, password: 'short', repeated: 'short' })
    await fetch(`${server.url}/account/reset-password`, { method: 'POST', body })
    await client.ask(CHANGE_PASSWORD, { current: 'Not-the-one-1', password: 'Another-secret-3' })
    await client.ask(CHANGE_PASSWORD, { current: PASSWORD, password: 'Another-secret-2' })
    for (const token of [reset, change, proof]) {
      await new TestClient(server).ask(RESET_PASSWORD, { token, password: 'Another-secret-4' })
      await new TestClient(server).ask(VERIFY_EMAIL, { token })
    }
    await new TestClient(server).ask(LOGIN, { input: { email, password: 'Another-secret-5' } })
    await letterTo(email, 'Пароль изменён')
    dumps.push(await everythingStored())
    const secrets = [proof, change, reset, PASSWORD, ...[1, 2, 3, 4, 5].map((number) => `Another-secret-${number}`)]
    const logged = lines.join('')
    expect(lines.length).toBeGreaterThan(20)
    for (const secret of [...secrets, 'Not-the-one-1', email, next]) expect(logged).not.toContain(secret)
    for (const secret of secrets) for (const dump of dumps) expect(dump).not.toContain(secret)
    expect(dumps[0]).toContain(email)
  })
})

describe('a server in production', () => {
  const production = () => startTestServer({ env: { ...productionEnvironment }, databaseUrl: server.databaseUrl })

  it('without SMTP says of whatever needs a letter that it is not to be had, and of nobody whether they are there', async () => {
    const email = newAddress()
    const bare = await production()
    const { user, token } = await registerSomebody(bare, email)
    const client = new TestClient(bare, token.accessToken)
    const codes = [
      await client.codeOf(REQUEST_RESET, { email }),
      await client.codeOf(REQUEST_RESET, { email: newAddress() }),
      await client.codeOf(REQUEST_VERIFICATION),
      await client.codeOf(UPDATE_PROFILE, { input: { email: newAddress() } }),
    ]
    expect(codes).toEqual(Array(4).fill('PROVIDER_UNAVAILABLE'))
    expect(await client.codeOf(UPDATE_PROFILE, { input: { displayName: 'Анна', email } })).toBe('ok')
    expect(await client.codeOf(CHANGE_PASSWORD, { current: PASSWORD, password: 'Another-secret-2' })).toBe('ok')
    expect(await prisma.emailToken.count({ where: { userId: user.id } })).toBe(0)
    await expect
      .poll(() => prisma.$queryRaw`select count(*)::int as n from graphile_worker._private_jobs`, { timeout: 10_000 })
      .toEqual([{ n: 0 }])
    await bare.close()
  })
})
