import { describe, expect, it } from 'vitest'
import {
  BOT_TOKEN,
  signTelegramLogin,
  type TelegramFields,
  telegramResult,
  telegramState,
} from '../../simulators/telegram-login.js'
import { openAccount } from '../../testkit/account.js'
import { TestClient } from '../../testkit/client.js'
import { PASSWORD, REGISTER } from './operations.js'
import { registerSomebody } from './people.js'
import { type Brought, openProviderDesk, REDIRECT_URI } from './provider-desk.js'

const BASE = Date.parse('2026-03-01T12:00:00.000Z')
let now = BASE
const desk = await openProviderDesk({ env: { TELEGRAM_BOT_TOKEN: BOT_TOKEN }, clock: { now: () => new Date(now) } })
const { prisma } = desk.server.platform.database

let people = 0
const somebody = (more: Record<string, string | number> = {}) => ({
  id: 900_000_000 + ++people,
  first_name: 'Олег',
  ...more,
})

const secondsAgo = (seconds: number) => Math.floor(now / 1_000) - seconds
/** What Telegram gives for somebody who agrees now. */
const signed = (fields: TelegramFields) => signTelegramLogin({ auth_date: secondsAgo(0), ...fields })
const encoded = telegramResult

const newState = async (client?: TestClient) => telegramState(await desk.start(client, 'TELEGRAM'))
const complete = (brought: Brought, client?: TestClient) => desk.complete(brought, client, 'TELEGRAM')
const bring = async (code: string, client?: TestClient) => complete({ code, state: await newState(client) }, client)
const nextSecond = () => {
  now += 1_000
}

describe('signing in with Telegram', () => {
  it('begins at Telegram’s page, for our bot, and comes back with our state', async () => {
    const url = new URL(await desk.start(undefined, 'TELEGRAM'))
    const { bot_id, origin, return_to = '' } = Object.fromEntries(url.searchParams)
    expect(`${url.origin}${url.pathname}`).toBe('https://oauth.telegram.org/auth')
    expect({ bot_id, origin }).toEqual({ bot_id: '7007', origin: 'http://app.example.test' })
    expect(return_to).toMatch(/^http:\/\/app\.example\.test\/signed-in\?state=[\w-]{43}$/)
    expect(url.href).not.toContain(BOT_TOKEN.split(':')[1])
  })

  it('makes an account of the proven telegramId, without an address', async () => {
    const oleg = somebody({ last_name: 'Смирнов', username: 'oleg', photo_url: 'https://t.me/i/userpic/320/o.jpg' })
    const { payload } = await bring(encoded(signed(oleg)))
    expect(payload?.user).toMatchObject({ telegramId: String(oleg.id), email: null, displayName: 'Олег Смирнов' })
    nextSecond()
    expect((await bring(encoded(signed(oleg)))).payload?.user).toEqual(payload?.user)
  })

  it('takes the result in either base64, with its name, and as the query of the widget', async () => {
    const oleg = somebody({ username: 'ю?>~' })
    const accounts = new Set<string | undefined>()
    const forms: ((fields: TelegramFields, state: string) => string)[] = [
      (fields) => encoded(fields),
      (fields) => Buffer.from(JSON.stringify(fields)).toString('base64'),
      (fields) => `#tgAuthResult=${encoded(fields)}`,
      (fields) => `tgAuthResult=${Buffer.from(JSON.stringify(fields)).toString('base64')}`,
      (fields) => new URLSearchParams(Object.entries(fields).map(([name, value]) => [name, String(value)])).toString(),
      (fields, state) => `?state=${state}&${new URLSearchParams(fields as Record<string, string>)}`,
    ]
    for (const form of forms) {
      nextSecond()
      const state = await newState()
      const { code, payload } = await complete({ code: form(signed(oleg), state), state })
      expect(code).toBe('ok')
      accounts.add(payload?.user.id)
    }
    expect(accounts.size).toBe(1)
  })

  it('gives the telegramId to who proves it, whoever claimed it before', async () => {
    const oleg = somebody()
    const input = { email: `claims-${oleg.id}@example.com`, password: PASSWORD, telegramId: String(oleg.id) }
    const { register } = await new TestClient(desk.server).get<{ register: { user: { id: string } } }>(REGISTER, {
      input,
    })
    const { payload } = await bring(encoded(signed(oleg)))
    expect(payload?.user).toMatchObject({ telegramId: String(oleg.id) })
    expect(payload?.user.id).not.toBe(register.user.id)
    const claimant = await prisma.user.findUniqueOrThrow({ where: { id: register.user.id } })
    expect(claimant.telegramId).toBeNull()
  })

  it('is linked by somebody who is signed in', async () => {
    const { id, client } = await openAccount(desk.server)
    const oleg = somebody()
    expect((await bring(encoded(signed(oleg)), client)).payload?.user).toMatchObject({
      id,
      telegramId: String(oleg.id),
    })
  })
})

describe('what Telegram signed', () => {
  it('works once, also for another visit', async () => {
    const oleg = somebody()
    const result = encoded(signed(oleg))
    expect((await bring(result)).code).toBe('ok')
    expect((await bring(result)).code).toBe('UNAUTHENTICATED')
    nextSecond()
    expect((await bring(result)).code).toBe('UNAUTHENTICATED')
    const older = encoded(signTelegramLogin({ auth_date: secondsAgo(60), ...oleg }))
    expect((await bring(older)).code).toBe('UNAUTHENTICATED')
  })

  it('works once of twenty that bring it at once, on a first visit and on a later one', async () => {
    const oleg = somebody()
    for (const visit of ['first', 'later']) {
      nextSecond()
      const result = encoded(signed(oleg))
      const states = await Promise.all(Array.from({ length: 20 }, () => newState()))
      const codes = (await Promise.all(states.map((state) => complete({ code: result, state })))).map(
        ({ code }) => code,
      )
      expect([visit, codes.filter((code) => code === 'ok').length]).toEqual([visit, 1])
      expect(codes.filter((code) => code === 'UNAUTHENTICATED')).toHaveLength(19)
    }
    expect(await prisma.user.count({ where: { telegramId: String(oleg.id) } })).toBe(1)
  })

  it('proves something for a day', async () => {
    const made = secondsAgo(0)
    const [late, inTime] = [somebody(), somebody()].map((person) =>
      encoded(signTelegramLogin({ auth_date: made, ...person })),
    )
    now += 86_399_000
    expect((await bring(inTime ?? '')).code).toBe('ok')
    now += 1_000
    expect((await bring(late ?? '')).code).toBe('UNAUTHENTICATED')
  })
})

const victim = somebody()
const forgeries: readonly [string, () => unknown][] = [
  [
    'signed for another bot',
    () => signTelegramLogin({ auth_date: secondsAgo(0), ...somebody() }, `1:${'x'.repeat(35)}`),
  ],
  ['with another id', () => ({ ...signed(somebody()), id: victim.id })],
  ['with a field added', () => ({ ...signed(somebody()), username: 'added' })],
  ['with a field removed', () => ({ ...signed(somebody({ username: 'removed' })), username: undefined })],
  [
    'with a later date',
    () => ({ ...signTelegramLogin({ auth_date: secondsAgo(200_000), ...somebody() }), auth_date: secondsAgo(0) }),
  ],
  ['from the future', () => signTelegramLogin({ auth_date: secondsAgo(-300), ...somebody() })],
  ['without a date', () => signTelegramLogin(somebody())],
  ['with a date that is none', () => signTelegramLogin({ auth_date: 'now', ...somebody() })],
  ['without a hash', () => ({ ...signed(somebody()), hash: undefined })],
  ['with half a hash', () => ({ ...signed(somebody()), hash: String(signed(somebody()).hash).slice(0, 32) })],
  ['with a hash in the query’s way', () => ({ ...signed(somebody()), hash: ['a'] })],
  ['without an id', () => signed({ first_name: 'Никто' })],
  ['with nested fields', () => ({ ...signed(somebody()), user: { id: victim.id } })],
  ['that says no', () => false],
  ['that is null', () => null],
  // The signed text is the same: "first_name=Олег\nid=…" can be read as one field or as two.
  [
    'with two fields in one',
    () => {
      const { id, auth_date, hash } = signed(somebody({ first_name: `Олег\nid=${victim.id}\nlast_name=x` }))
      return { auth_date, first_name: 'Олег', id: victim.id, last_name: `x\nid=${id}`, hash }
    },
  ],
]

describe('data that Telegram did not sign as it is', () => {
  it.each(forgeries)('%s signs nobody in', async (_which, make) => {
    const before = await prisma.user.count()
    expect((await bring(encoded(make()))).code).toBe('UNAUTHENTICATED')
    expect(await prisma.user.count()).toBe(before)
  })

  it.each(['', '%%%', 'hash=00', `#tgAuthResult=`, 'e30', '?id=1&id=2&hash=00&auth_date=1'])(
    '%s signs nobody in',
    async (code) => {
      expect((await bring(code)).code).toBe('UNAUTHENTICATED')
    },
  )

  it('leaves an account alone that only claims the id', async () => {
    const { user } = await registerSomebody(desk.server)
    const oleg = somebody()
    await prisma.user.update({ where: { id: user.id }, data: { telegramId: String(oleg.id) } })
    expect((await bring(encoded({ ...signed(somebody()), id: oleg.id }))).code).toBe('UNAUTHENTICATED')
    expect((await prisma.user.findUniqueOrThrow({ where: { id: user.id } })).telegramId).toBe(String(oleg.id))
  })

  it('needs a visit of its own', async () => {
    const result = encoded(signed(somebody()))
    expect((await complete({ code: result, state: 'x'.repeat(43) })).code).toBe('UNAUTHENTICATED')
    const { searchParams } = new URL(await desk.start())
    expect(searchParams.get('redirect_uri')).toBe(REDIRECT_URI)
    expect((await complete({ code: result, state: searchParams.get('state') ?? '' })).code).toBe('UNAUTHENTICATED')
  })
})
