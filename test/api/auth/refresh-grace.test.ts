import { decodeJwt } from 'jose'
import { describe, expect, it } from 'vitest'
import { secretHash } from '../../../src/platform/secrets/one-time-secret.js'
import { TestClient } from '../../testkit/client.js'
import { RawSocket } from '../../testkit/raw-socket.js'
import { startTestServer } from '../../testkit/server.js'
import { ME, type Payload, type Token } from './operations.js'
import { refresh, registerSomebody } from './people.js'

const offset = 0
const clock = { now: () => new Date(Date.now() + offset) }
const server = await startTestServer({ clock })
const { prisma } = server.platform.database

const browser = (address?: string, agent = 'Firefox', at = server) =>
  new TestClient(at, null, { 'user-agent': agent }, address)
const sessionOf = ({ accessToken }: Token) => String(decodeJwt(accessToken).sid)
const tokensOf = (token: Token) => prisma.refreshToken.findMany({ where: { sessionId: sessionOf(token) } })
const isOver = async (token: Token) =>
  (await prisma.session.findUniqueOrThrow({ where: { id: sessionOf(token) } })).endedAt !== null
const codeOf = (token: Token) => new TestClient(server, token.accessToken).codeOf(ME)
const times = <Made>(count: number, make: (index: number) => Promise<Made>) =>
  Promise.all(Array.from({ length: count }, (_, index) => make(index)))

async function use(token: Pick<Token, 'refreshToken'>, client: TestClient): Promise<Token | string> {
  const { data, errors } = await refresh(server, token.refreshToken, client)
  return data?.refreshToken?.token ?? String(errors[0]?.extensions.code)
}

async function used(client: TestClient): Promise<{ readonly first: Payload; readonly next: Token }> {
  const first = await registerSomebody(server)
  return { first, next: (await use(first.token, client)) as Token }
}

describe('a refresh token that is used twice', () => {
  it('fifty times at once by one client gives one and the same pair, and the session lives', async () => {
    const { token } = await registerSomebody(server)
    const client = browser()
    const answers = await times(50, () => use(token, client))
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1)
    const [next] = answers as [Token]
    expect(next.refreshToken).not.toBe(token.refreshToken)
    expect(await tokensOf(token)).toHaveLength(2)
    expect(await isOver(token)).toBe(false)
    expect(await codeOf(next)).toBe('ok')
    expect(await use(next, client)).toMatchObject({ tokenType: 'bearer' })
  })

  it('fifty times at once at two servers gives the same pair as well', async () => {
    const replica = await startTestServer({ clock, databaseUrl: server.databaseUrl })
    const { token } = await registerSomebody(server)
    const both = [browser('10.8.8.8'), browser('10.8.8.8', 'Firefox', replica)]
    const answers = await times(50, (index) => use(token, both[index % 2] as TestClient))
    await replica.close()
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1)
    expect(await tokensOf(token)).toHaveLength(2)
    expect(await codeOf(answers[0] as Token)).toBe('ok')
  })

  it.each([
    ['addresses', () => [browser(), browser()]],
    ['programs', () => [browser('10.9.9.9', 'Firefox'), browser('10.9.9.9', 'Safari')]],
  ] as const)('fifty times at once from two %s ends the session and closes its sockets', async (_, clients) => {
    const { token } = await registerSomebody(server)
    const socket = await RawSocket.connect(server.url, token.accessToken)
    const both = clients()
    const answers = await times(50, (index) => use(token, both[index % 2] as TestClient))
    expect(await socket.closed).toBe(4403)
    expect(await isOver(token)).toBe(true)
    expect(answers).toContain('UNAUTHENTICATED')
    const given = answers.filter((answer) => typeof answer !== 'string')
    expect(new Set(given.map(({ refreshToken }) => refreshToken)).size).toBeLessThanOrEqual(1)
    for (const next of given.slice(0, 1))
      expect([await codeOf(next), await use(next, browser())]).toEqual(['UNAUTHENTICATED', 'UNAUTHENTICATED'])
  })

  it('gives the same pair for ten seconds, and after them ends the session', async () => {
    const client = browser()
    const { first, next } = await used(client)
    const at = (await tokensOf(next)).find(({ usedAt }) => usedAt)?.usedAt?.getTime() ?? 0
    const still = { now: () => new Date(at + 10_000) }
    const late = { now: () => new Date(at + 10_001) }
    const moved = clock.now
    clock.now = still.now
    expect(await use(first.token, client)).toEqual(next)
    clock.now = late.now
    expect(await use(first.token, client)).toBe('UNAUTHENTICATED')
    clock.now = moved
    expect(await isOver(next)).toBe(true)
  })

  it('gives nothing more once the pair that it gave was used, and ends the session', async () => {
    const client = browser()
    const { first, next } = await used(client)
    const third = (await use(next, client)) as Token
    expect(await use(first.token, client)).toBe('UNAUTHENTICATED')
    expect([await codeOf(third), await use(third, client)]).toEqual(['UNAUTHENTICATED', 'UNAUTHENTICATED'])
  })

  it('from elsewhere ends the session even at once', async () => {
    const client = browser()
    const { first, next } = await used(client)
    expect(await use(first.token, browser())).toBe('UNAUTHENTICATED')
    expect([await codeOf(next), await use(first.token, client)]).toEqual(['UNAUTHENTICATED', 'UNAUTHENTICATED'])
  })

  it('gives nothing for a session that has ended, or an account that is blocked', async () => {
    const client = browser()
    const { first, next } = await used(client)
    await prisma.user.update({ where: { id: first.user.id }, data: { blockedAt: new Date() } })
    expect(await use(first.token, client)).toBe('UNAUTHENTICATED')
    expect(await use(next, client)).toBe('UNAUTHENTICATED')
  })

  it('has the role of now in the access token, and the same refresh token', async () => {
    const client = browser()
    const { first, next } = await used(client)
    await prisma.user.update({ where: { id: first.user.id }, data: { role: 'DESIGNER' } })
    const again = (await use(first.token, client)) as Token
    expect(again).toEqual({ ...next, accessToken: expect.any(String) })
    expect(decodeJwt(again.accessToken)).toEqual({ ...decodeJwt(next.accessToken), role: 'DESIGNER' })
  })

  it('leaves nothing in the database that refreshes', async () => {
    const { first, next } = await used(browser())
    const rows = await tokensOf(next)
    expect(rows.map(({ tokenHash }) => Buffer.from(tokenHash))).toEqual(
      expect.arrayContaining([first.token, next].map(({ refreshToken }) => Buffer.from(secretHash(refreshToken)))),
    )
    const stored = rows.flatMap(({ tokenHash, nextTokenId }) => [
      ...(nextTokenId ? [nextTokenId] : []),
      Buffer.from(tokenHash).toString('base64url'),
    ])
    expect(await times(stored.length, (index) => use({ refreshToken: String(stored[index]) }, browser()))).toEqual(
      stored.map(() => 'UNAUTHENTICATED'),
    )
    expect(await isOver(next)).toBe(false)
  })
})
