import { randomInt } from 'node:crypto'
import pg from 'pg'
import { describe, expect, it } from 'vitest'
import { createLogger } from '../../../src/platform/observability/logger.js'
import { TestClient } from '../../testkit/client.js'
import { productionEnvironment } from '../../testkit/production.js'
import { startTestServer } from '../../testkit/server.js'
import { COMPLETE_PHONE_LOGIN, ME, type Payload, START_PHONE_LOGIN } from './operations.js'
import { awaitMessage, messagesTo } from './outbox.js'

let offset = 0
const clock = { now: () => new Date(Date.now() + offset) }

const lines: string[] = []
const server = await startTestServer({
  clock,
  log: createLogger('trace', { write: (line: string) => void lines.push(line) }),
})
const production = await startTestServer({ env: productionEnvironment })
const { prisma } = server.platform.database

const newPhone = () =>
  `+7999${randomInt(10 ** 7)
    .toString()
    .padStart(7, '0')}`
const start = (phone: string, visitor = new TestClient(server)) => visitor.ask(START_PHONE_LOGIN, { phone })
const complete = (phone: string, code: string, visitor = new TestClient(server)) =>
  visitor.ask<{ completePhoneLogin: Payload }>(COMPLETE_PHONE_LOGIN, { phone, code })
const outcomeOf = async (...trial: Parameters<typeof complete>) =>
  (await complete(...trial)).errors[0]?.extensions.code ?? 'ok'

/** Has a code sent and reads it. */
async function codeSentTo(phone: string, count = 1): Promise<string> {
  expect((await start(phone)).errors).toEqual([])
  const { text, channel } = await awaitMessage(server, phone, count)
  expect(channel).toBe('SMS')
  const code = /\b\d{6}\b/.exec(text)?.[0]
  if (!code) throw new Error('the message holds no code')
  return code
}

const otherThan = (code: string) => ((Number(code) + 1) % 10 ** 6).toString().padStart(6, '0')

describe('signing in by phone', () => {
  it('makes an account the first time, whose name says nothing of the phone, and finds it again', async () => {
    const phone = newPhone()
    const { data } = await complete(phone, await codeSentTo(phone))
    const { user, token, requires2fa } = data?.completePhoneLogin ?? {}
    expect(requires2fa).toBe(false)
    expect(user).toMatchObject({ phone, email: null, role: 'USER', isGuest: false, displayName: 'Пользователь' })
    const again = await complete(phone.replace('+7999', '+7 (999) '), await codeSentTo(phone, 2))
    expect(again.data?.completePhoneLogin.user.id).toBe(user?.id)
    expect(await new TestClient(server, token?.accessToken).get(ME)).toMatchObject({ me: { id: user?.id } })
  })

  it('answers the same whether or not an account has the phone', async () => {
    const [known, unknown] = [newPhone(), newPhone()]
    await complete(known, await codeSentTo(known))
    const answers = [await start(known), await start(unknown)]
    expect(answers).toEqual(Array(2).fill({ status: 200, data: { startPhoneLogin: true }, errors: [] }))
  })

  it('refuses a wrong, a used, a replaced and an expired code, and where none was sent, in the same words', async () => {
    const [wrong, used, replaced, expired] = [newPhone(), newPhone(), newPhone(), newPhone()]
    const code = await codeSentTo(wrong)
    const answers = [
      await complete(wrong, otherThan(code)),
      await complete(wrong, ''),
      await complete(newPhone(), code),
    ]
    const once = await codeSentTo(used)
    expect(await outcomeOf(used, once)).toBe('ok')
    answers.push(await complete(used, once))
    const first = await codeSentTo(replaced)
    const second = await codeSentTo(replaced, 2)
    // One in a million.
    if (first !== second) answers.push(await complete(replaced, first))
    expect(await outcomeOf(replaced, second)).toBe('ok')
    const late = await codeSentTo(expired)
    offset += 5 * 60 * 1_000
    answers.push(await complete(expired, late))
    for (const { errors } of answers)
      expect(errors[0]).toMatchObject({
        message: answers[0]?.errors[0]?.message,
        extensions: { code: 'UNAUTHENTICATED' },
      })
  })

  it('takes the code with spaces, and until the last moment', async () => {
    const phone = newPhone()
    const code = await codeSentTo(phone)
    offset += 4 * 60 * 1_000
    expect(await outcomeOf(phone, ` ${code.slice(0, 3)} ${code.slice(3)} `)).toBe('ok')
  })

  it('lets five guesses be judged, then not even the right code opens, until a new one is sent', async () => {
    const phone = newPhone()
    const code = await codeSentTo(phone)
    const guesses: string[] = []
    for (let guess = 0; guess < 5; guess++) guesses.push(await outcomeOf(phone, otherThan(code)))
    expect(guesses).toEqual(Array(5).fill('UNAUTHENTICATED'))
    expect(await outcomeOf(phone, code)).toBe('UNAUTHENTICATED')
    expect(await prisma.user.count({ where: { phone } })).toBe(0)
    expect(await outcomeOf(phone, await codeSentTo(phone, 2))).toBe('ok')
  })

  it('judges at most five of fifty parallel guesses', async () => {
    const phone = newPhone()
    const code = await codeSentTo(phone)
    const outcomes = await Promise.all(Array.from({ length: 50 }, () => outcomeOf(phone, otherThan(code))))
    expect(outcomes.filter((outcome) => outcome === 'UNAUTHENTICATED')).toHaveLength(10)
    expect(outcomes.filter((outcome) => outcome === 'RATE_LIMITED')).toHaveLength(40)
    expect(await prisma.phoneCode.findUniqueOrThrow({ where: { phone } })).toMatchObject({ attempts: 5 })
  })

  it('twenty times at once with the right code makes one account and one session', async () => {
    const phone = newPhone()
    const code = await codeSentTo(phone)
    const outcomes = await Promise.all(Array.from({ length: 20 }, () => outcomeOf(phone, code)))
    expect(outcomes.filter((outcome) => outcome === 'ok')).toHaveLength(1)
    expect(new Set(outcomes)).toEqual(new Set(['ok', 'UNAUTHENTICATED', 'RATE_LIMITED']))
    const accounts = await prisma.user.findMany({ where: { phone }, include: { sessions: true } })
    expect(accounts).toHaveLength(1)
    expect(accounts[0]?.sessions).toHaveLength(1)
    expect(await prisma.phoneCode.count({ where: { phone } })).toBe(0)
  })

  it('is tried ten times a minute from one address, whichever phones', async () => {
    const visitor = new TestClient(server)
    const outcomes = await Promise.all(Array.from({ length: 15 }, () => outcomeOf(newPhone(), '000000', visitor)))
    expect(outcomes.filter((outcome) => outcome === 'RATE_LIMITED')).toHaveLength(5)
  })

  it('sends three codes an hour to one phone, and from one address', async () => {
    const phone = newPhone()
    const codes = await Promise.all(Array.from({ length: 8 }, () => start(phone)))
    expect(codes.flatMap(({ errors }) => errors.map(({ extensions }) => extensions.code))).toEqual(
      Array(5).fill('RATE_LIMITED'),
    )
    const visitor = new TestClient(server)
    const phones = Array.from({ length: 8 }, newPhone)
    const answers = await Promise.all(phones.map((one) => start(one, visitor)))
    expect(answers.filter(({ errors }) => errors.length === 0)).toHaveLength(3)
    expect(await prisma.phoneCode.count({ where: { phone: { in: phones } } })).toBe(3)
  })

  it('asks for the second factor of an account that has one, and is refused to a blocked one', async () => {
    const phone = newPhone()
    const { data } = await complete(phone, await codeSentTo(phone))
    const userId = data?.completePhoneLogin.user.id ?? ''
    const secret = new Uint8Array(8)
    const now = clock.now()
    await prisma.secondFactor.create({ data: { userId, secret, confirmedAt: now, createdAt: now } })
    const asked = await complete(phone, await codeSentTo(phone, 2))
    expect(asked.data?.completePhoneLogin).toMatchObject({ user: null, token: null, requires2fa: true })
    await prisma.user.update({ where: { id: userId }, data: { blockedAt: now } })
    expect(await outcomeOf(phone, await codeSentTo(phone, 3))).toBe('FORBIDDEN')
  })

  it('wants a phone number', async () => {
    const { errors } = await start('89991234567')
    expect(errors[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', fields: [{ path: 'phone' }] })
  })
})

describe('a code', () => {
  it('stands nowhere in the clear: not in its row, its job, an answer or a log line', async () => {
    const phone = newPhone()
    const before = lines.length
    const release = await holdOutbox()
    const answered = await start(phone)
    const jobs = (await waitingMessages()).map(({ payload }) => JSON.stringify(payload))
    await release()
    const { text } = await awaitMessage(server, phone)
    const code = /\d{6}/.exec(text)?.[0] ?? 'none'
    const { codeHash } = await prisma.phoneCode.findUniqueOrThrow({ where: { phone } })
    expect(jobs).toHaveLength(1)
    const said = [...jobs, JSON.stringify(answered), ...lines.slice(before)].join('\n')
    expect(said).not.toMatch(new RegExp(`\\b${code}\\b`))
    expect(said).not.toContain(phone)
    expect(Buffer.from(codeHash).toString('latin1')).not.toContain(code)
    expect(lines.length).toBeGreaterThan(before)
  })

  it('is not in the complaint of a provider that quotes the message', async () => {
    const { sms } = server.platform
    if (!sms) throw new Error('there is an outbox in tests')
    const send = sms.send
    const phone = newPhone()
    let sent = ''
    const before = lines.length
    Object.assign(sms, {
      send: async ({ to, text }: { to: string; text: string }) => {
        sent = text
        throw new Error(`400 from the provider for ${to}: ${text}`)
      },
    })
    try {
      await start(phone)
      const complaints = () => lines.slice(before).filter((line) => line.includes('400 from the provider'))
      await expect.poll(complaints, { timeout: 10_000 }).not.toEqual([])
    } finally {
      Object.assign(sms, { send })
    }
    const said = lines.slice(before).join('\n')
    expect(sent).toMatch(/\d{6}/)
    expect(said).not.toMatch(new RegExp(`\\b${/\d{6}/.exec(sent)?.[0]}\\b`))
    expect(said).not.toContain(phone)
    // And it is tried again.
    expect((await awaitMessage(server, phone)).text).toBe(sent)
  })

  it('whose message comes late is not sent once there is a newer one', async () => {
    const phone = newPhone()
    const release = await holdOutbox()
    await start(phone)
    const [first] = await waitingMessages()
    await release()
    await awaitMessage(server, phone)
    const newer = await codeSentTo(phone, 2)
    const payload = JSON.stringify(first?.payload)
    await prisma.$executeRaw`select graphile_worker.add_job('auth.phone-code-sms', ${payload}::json)`
    await expect.poll(waitingMessages, { timeout: 10_000 }).toEqual([])
    expect(await messagesTo(server, phone)).toHaveLength(2)
    expect(await outcomeOf(phone, newer)).toBe('ok')
  })

  it('that nobody used goes at night', async () => {
    const [old, fresh] = [newPhone(), newPhone()]
    await codeSentTo(old)
    offset += 6 * 60 * 1_000
    await codeSentTo(fresh)
    await prisma.$executeRaw`select graphile_worker.add_job('prune-phone-codes', '{}'::json)`
    const left = () => prisma.phoneCode.findMany({ where: { phone: { in: [old, fresh] } }, select: { phone: true } })
    await expect.poll(left, { timeout: 10_000 }).toEqual([{ phone: fresh }])
  })
})

it('in production, where nothing can be sent, it is not offered, and nothing is stored or counted', async () => {
  const visitor = new TestClient(production)
  const phone = newPhone()
  for (let tries = 0; tries < 5; tries++)
    expect(await visitor.codeOf(START_PHONE_LOGIN, { phone })).toBe('PROVIDER_UNAVAILABLE')
  expect(await visitor.codeOf(COMPLETE_PHONE_LOGIN, { phone, code: '000000' })).toBe('PROVIDER_UNAVAILABLE')
  expect(await production.platform.database.prisma.phoneCode.count()).toBe(0)
})

/** Keeps messages from being sent until the returned function is called. */
async function holdOutbox(): Promise<() => Promise<void>> {
  const holder = new pg.Client({ connectionString: server.databaseUrl })
  await holder.connect()
  await holder.query('begin; lock table development_messages in access exclusive mode')
  return () => holder.end()
}

const waitingMessages = () => prisma.$queryRaw<{ payload: { sealed: string } }[]>`
  select j.payload from graphile_worker._private_jobs j join graphile_worker._private_tasks t on t.id = j.task_id
  where t.identifier = 'auth.phone-code-sms'`
