import { decodeJwt } from 'jose'
import { describe, expect, it } from 'vitest'
import { newId } from '../../../src/kernel/ids.js'
import { TestClient } from '../../testkit/client.js'
import { startTestServer } from '../../testkit/server.js'
import { CookieBrowser } from './cookie-browser.js'
import { LOGIN, LOGOUT, ME, PASSWORD, type Payload, REGISTER, REVOKE, REVOKE_OTHERS, SESSIONS } from './operations.js'
import { newAddress, refresh, registerSomebody, startGuest } from './people.js'

let offset = 0
const clock = { now: () => new Date(Date.now() + offset) }
const server = await startTestServer({ clock })
const { prisma } = server.platform.database

interface SessionRow {
  readonly id: string
  readonly createdAt: string
  readonly lastUsedAt: string
  readonly userAgent: string | null
  readonly ip: string | null
  readonly isCurrent: boolean
}

const as = ({ token }: Pick<Payload, 'token'>) => new TestClient(server, token.accessToken)
const idOf = ({ token }: Pick<Payload, 'token'>) => String(decodeJwt(token.accessToken).sid)
const login = async (email: string, client = new TestClient(server)) =>
  (await client.get<{ login: Payload }>(LOGIN, { input: { email, password: PASSWORD } })).login
const listed = async (who: Pick<Payload, 'token'>) => (await as(who).get<{ sessions: SessionRow[] }>(SESSIONS)).sessions

async function person(signIns = 2) {
  const email = newAddress()
  const first = await registerSomebody(server, email)
  const others: Payload[] = []
  for (let count = 1; count < signIns; count++) others.push(await login(email))
  return { email, first, second: others[0] as Payload, all: [first, ...others] }
}

describe('the list of sessions', () => {
  it('tells where the viewer is signed in, the one used last first, and which asks', async () => {
    const { email, first } = await person(1)
    const phone = new TestClient(server, null, { 'user-agent': 'Telephone/1.0' }, '192.0.2.77')
    const second = await login(email, phone)
    const [latest, earlier, ...more] = await listed(second)
    expect(more).toEqual([])
    expect(latest).toEqual({
      id: idOf(second),
      createdAt: latest?.createdAt,
      lastUsedAt: latest?.createdAt,
      userAgent: 'Telephone/1.0',
      ip: '192.0.2.77',
      isCurrent: true,
    })
    expect(earlier).toMatchObject({ id: idOf(first), isCurrent: false })
    offset += 60_000
    await refresh(server, first.token.refreshToken)
    expect((await listed(second)).map(({ id }) => id)).toEqual([idOf(first), idOf(second)])
  })

  it('has none of others, none that ended, none that nobody can go on with, and a hundred at most', async () => {
    const { first, second } = await person()
    await person()
    await as(second).get(LOGOUT)
    const rows = Array.from({ length: 120 }, (_, index) => ({
      id: newId(),
      userId: first.user.id,
      createdAt: clock.now(),
      lastUsedAt: new Date(clock.now().getTime() - (index < 5 ? 8 * 24 * 60 * 60_000 : index * 1_000)),
    }))
    await prisma.session.createMany({ data: rows.slice(0, 5) })
    expect((await listed(first)).map(({ id }) => id)).toEqual([idOf(first)])
    await prisma.session.createMany({ data: rows.slice(5) })
    const shown = await listed(first)
    expect(shown).toHaveLength(100)
    const times = shown.map(({ lastUsedAt }) => lastUsedAt)
    expect(times).toEqual([...times].sort().reverse())
  })

  it('is for the signed in, guests among them', async () => {
    const visitor = new TestClient(server)
    for (const operation of [SESSIONS, REVOKE_OTHERS]) expect(await visitor.codeOf(operation)).toBe('UNAUTHENTICATED')
    expect(await visitor.codeOf(REVOKE, { id: newId() })).toBe('UNAUTHENTICATED')
    const { client } = await startGuest(server)
    expect((await client.get<{ sessions: SessionRow[] }>(SESSIONS)).sessions).toMatchObject([{ isCurrent: true }])
  })
})

describe('revoking a session', () => {
  it('ends it and no other', async () => {
    const { first, second } = await person()
    expect(await as(first).get(REVOKE, { id: idOf(second).toUpperCase() })).toEqual({ revokeSession: true })
    expect(await as(second).codeOf(ME)).toBe('UNAUTHENTICATED')
    expect((await refresh(server, second.token.refreshToken)).errors[0]?.extensions.code).toBe('UNAUTHENTICATED')
    expect((await listed(first)).map(({ id }) => id)).toEqual([idOf(first)])
  })

  it('answers the same for a foreign one, one that ended, one that expired and one that never was', async () => {
    const { first, second } = await person()
    const stranger = await registerSomebody(server)
    await as(second).get(LOGOUT)
    const expired = await prisma.session.create({
      data: { id: newId(), userId: first.user.id, createdAt: new Date(0), lastUsedAt: new Date(0) },
    })
    const answers = await Promise.all(
      [idOf(stranger), idOf(second), expired.id, newId()].map((id) => as(first).ask(REVOKE, { id })),
    )
    for (const { errors } of answers)
      expect(errors[0]).toMatchObject({ message: answers[0]?.errors[0]?.message, extensions: { code: 'NOT_FOUND' } })
    expect(await as(stranger).codeOf(ME)).toBe('ok')
  })

  it('fifty times at once is done once', async () => {
    const { first, second } = await person()
    const codes = await Promise.all(Array.from({ length: 50 }, () => as(first).codeOf(REVOKE, { id: idOf(second) })))
    expect(codes.filter((code) => code === 'ok')).toHaveLength(1)
    expect(codes.filter((code) => code === 'NOT_FOUND')).toHaveLength(49)
  })

  it('the current one is a logout, and clears the cookie; another’s end does not', async () => {
    const input = { email: newAddress(), password: PASSWORD }
    const browser = new CookieBrowser(server)
    const { payload } = await browser.send(REGISTER, { input })
    const own = payload as Payload
    const other = await login(input.email)
    const headers = { authorization: `Bearer ${own.token.accessToken}` }
    expect(await browser.send(REVOKE, { id: idOf(other) }, headers)).toMatchObject({ code: 'ok', setCookie: null })
    const answer = await browser.send(REVOKE, { id: idOf(own) }, headers)
    expect(answer).toMatchObject({ code: 'ok', setCookie: expect.stringMatching(/^adtime_refresh=;/) })
    expect(await as(own).codeOf(ME)).toBe('UNAUTHENTICATED')
  })
})

describe('revoking the other sessions', () => {
  it('ends all but the current one, and says how many', async () => {
    const { all, second } = await person(4)
    const stranger = await registerSomebody(server)
    const expired = { id: newId(), userId: second.user.id, createdAt: new Date(0), lastUsedAt: new Date(0) }
    await prisma.session.create({ data: expired })
    expect(await as(second).get(REVOKE_OTHERS)).toEqual({ revokeOtherSessions: 3 })
    const codes = await Promise.all(all.map((payload) => as(payload).codeOf(ME)))
    expect(codes).toEqual(['UNAUTHENTICATED', 'ok', 'UNAUTHENTICATED', 'UNAUTHENTICATED'])
    expect(await as(stranger).codeOf(ME)).toBe('ok')
    expect(await as(second).get(REVOKE_OTHERS)).toEqual({ revokeOtherSessions: 0 })
  })

  it('by two sessions at once ends every session once, and at most one is left', async () => {
    const { all } = await person(4)
    const counts = await Promise.all(
      all.slice(0, 2).map(async (payload) => {
        const { data } = await as(payload).ask<{ revokeOtherSessions: number }>(REVOKE_OTHERS)
        return data?.revokeOtherSessions ?? 0
      }),
    )
    const userId = all[0]?.user.id ?? ''
    const left = await prisma.session.count({ where: { userId, endedAt: null } })
    expect(left).toBeLessThanOrEqual(1)
    expect(counts.reduce((sum, count) => sum + count)).toBe(4 - left)
  })
})
