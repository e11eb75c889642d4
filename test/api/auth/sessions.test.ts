import { createRemoteJWKSet, decodeJwt, jwtVerify } from 'jose'
import { describe, expect, it } from 'vitest'
import { TestClient } from '../../testkit/client.js'
import { startTestServer } from '../../testkit/server.js'
import { LOGIN, LOGOUT, ME, PASSWORD, type Payload } from './operations.js'
import { newAddress, refresh, registerSomebody } from './people.js'

let offset = 0
const clock = { now: () => new Date(Date.now() + offset) }
const wait = (seconds: number) => {
  offset += seconds * 1000
}

const server = await startTestServer({ clock })
const { prisma } = server.platform.database
const as = (token: string) => new TestClient(server, token)

describe('a session', () => {
  it('goes on with each refresh, in new tokens', async () => {
    const first = await registerSomebody(server)
    const { data } = await refresh(server, first.token.refreshToken)
    const second = data?.refreshToken
    expect(second?.user).toEqual(first.user)
    expect(second?.token.refreshToken).not.toBe(first.token.refreshToken)
    expect(second?.token.tokenId).not.toBe(first.token.tokenId)
    const [before, after] = [first, second].map((payload) => decodeJwt(payload?.token.accessToken ?? ''))
    expect(after).toMatchObject({ sid: before?.sid, sub: first.user.id, jti: second?.token.tokenId })
    await expect(as(second?.token.accessToken ?? '').get(ME)).resolves.toMatchObject({ me: { id: first.user.id } })
  })

  it('ends when a used refresh token comes again from elsewhere', async () => {
    const first = await registerSomebody(server)
    const { data } = await refresh(server, first.token.refreshToken)
    const latest = data?.refreshToken.token
    const again = await refresh(server, first.token.refreshToken)
    expect(again.errors[0]?.extensions.code).toBe('UNAUTHENTICATED')
    expect((await refresh(server, latest?.refreshToken ?? '')).errors[0]?.extensions.code).toBe('UNAUTHENTICATED')
    expect(await as(latest?.accessToken ?? '').codeOf(ME)).toBe('UNAUTHENTICATED')
  })

  it('lets one of twenty clients with one refresh token through at most, and ends', async () => {
    const { token } = await registerSomebody(server)
    const answers = await Promise.all(Array.from({ length: 20 }, () => refresh(server, token.refreshToken)))
    const won = answers.filter(({ errors }) => errors.length === 0)
    expect(won.length).toBeLessThanOrEqual(1)
    const lost = answers.filter(({ errors }) => errors.length > 0)
    for (const { errors } of lost) expect(errors[0]?.extensions.code).toBe('UNAUTHENTICATED')
    const sessionId = String(decodeJwt(token.accessToken).sid)
    expect((await prisma.session.findUniqueOrThrow({ where: { id: sessionId } })).endedAt).not.toBeNull()
    expect(await as(token.accessToken).codeOf(ME)).toBe('UNAUTHENTICATED')
  })

  it('ends at logout at once, and no other does', async () => {
    const email = newAddress()
    const { token: phone } = await registerSomebody(server, email)
    const { login } = await new TestClient(server).get<{ login: Payload }>(LOGIN, {
      input: { email, password: PASSWORD },
    })
    expect(await as(phone.accessToken).get(LOGOUT)).toEqual({ logout: true })
    expect(await as(phone.accessToken).codeOf(ME)).toBe('UNAUTHENTICATED')
    expect(await as(phone.accessToken).codeOf(LOGOUT)).toBe('UNAUTHENTICATED')
    expect((await refresh(server, phone.refreshToken)).errors[0]?.extensions.code).toBe('UNAUTHENTICATED')
    expect(await as(login.token.accessToken).codeOf(ME)).toBe('ok')
  })

  it('of another replica ends within two seconds', async () => {
    const replica = await startTestServer({ clock, databaseUrl: server.databaseUrl })
    const { token } = await registerSomebody(server)
    expect(await new TestClient(replica, token.accessToken).codeOf(ME)).toBe('ok')
    await as(token.accessToken).get(LOGOUT)
    wait(2)
    expect(await new TestClient(replica, token.accessToken).codeOf(ME)).toBe('UNAUTHENTICATED')
    await replica.close()
  })

  it('notices within two seconds that its account was blocked or got another role', async () => {
    const { user, token } = await registerSomebody(server)
    const person = as(token.accessToken)
    expect(await person.get(ME)).toMatchObject({ me: { role: 'USER' } })
    await prisma.user.update({ where: { id: user.id }, data: { role: 'FACTORY' } })
    wait(2)
    expect(await person.get(ME)).toMatchObject({ me: { role: 'FACTORY' } })
    await prisma.user.update({ where: { id: user.id }, data: { blockedAt: new Date() } })
    wait(2)
    expect(await person.codeOf(ME)).toBe('UNAUTHENTICATED')
    expect((await refresh(server, token.refreshToken)).errors[0]?.extensions.code).toBe('UNAUTHENTICATED')
  })

  it('asks for a refresh after thirty minutes, and for a password after seven days', async () => {
    const { token } = await registerSomebody(server)
    wait(1_801)
    expect(await as(token.accessToken).codeOf(ME)).toBe('UNAUTHENTICATED')
    const { data } = await refresh(server, token.refreshToken)
    expect(await as(data?.refreshToken.token.accessToken ?? '').codeOf(ME)).toBe('ok')
    wait(7 * 24 * 60 * 60 + 1)
    const late = await refresh(server, data?.refreshToken.token.refreshToken ?? '')
    expect(late.errors[0]?.extensions.code).toBe('UNAUTHENTICATED')
  })
})

describe('without a good token', () => {
  it.each(['nonsense', 'a.b.c', 'x'.repeat(5_000)])('%.20s is nobody', async (token) => {
    expect(await as(token).codeOf(ME)).toBe('UNAUTHENTICATED')
  })

  it('a visitor has no account and no session, and a refresh token opens nothing but a refresh', async () => {
    const visitor = new TestClient(server)
    expect([await visitor.codeOf(ME), await visitor.codeOf(LOGOUT)]).toEqual(['UNAUTHENTICATED', 'UNAUTHENTICATED'])
    const { token } = await registerSomebody(server)
    expect(await as(token.refreshToken).codeOf(ME)).toBe('UNAUTHENTICATED')
    expect((await refresh(server, token.accessToken)).errors[0]?.extensions.code).toBe('UNAUTHENTICATED')
    expect((await refresh(server, '')).errors[0]?.extensions.code).toBe('UNAUTHENTICATED')
  })
})

describe('the published keys', () => {
  it('verify an access token elsewhere', async () => {
    const { token, user } = await registerSomebody(server)
    const address = new URL('/.well-known/jwks.json', server.url)
    const { payload, protectedHeader } = await jwtVerify(token.accessToken, createRemoteJWKSet(address), {
      issuer: 'adtime',
      audience: 'adtime-api',
      currentDate: clock.now(),
    })
    expect(protectedHeader).toMatchObject({ alg: 'RS256', kid: expect.any(String) })
    expect(payload).toMatchObject({
      sub: user.id,
      role: 'USER',
      scope: 'READ WRITE',
      typ: 'access',
      jti: token.tokenId,
    })
    expect(Number(payload.exp) - Number(payload.iat)).toBe(1_800)
    const response = await fetch(address)
    expect(response.headers.get('cache-control')).toBe('public, max-age=300')
    expect(await response.text()).not.toMatch(/"(d|p|q)"/)
  })
})
