import pg from 'pg'
import { describe, expect, it } from 'vitest'
import { TestClient } from '../../testkit/client.js'
import { RawSocket } from '../../testkit/raw-socket.js'
import { startTestServer } from '../../testkit/server.js'
import { CHANGE_PASSWORD, LOGIN, ME, PASSWORD, type Payload, REGISTER } from './operations.js'
import { awaitLetter } from './outbox.js'
import { newAddress, refresh, registerSomebody, startGuest } from './people.js'

const server = await startTestServer()
const { prisma } = server.platform.database
const NEW = 'Another-secret-2'
const login = (email: string, password: string) =>
  new TestClient(server).ask<{ login: Payload }>(LOGIN, { input: { email, password } })

async function somebody() {
  const email = newAddress()
  const { token, user } = await registerSomebody(server, email)
  const client = new TestClient(server, token.accessToken)
  const change = (current: string, password: string) => client.ask(CHANGE_PASSWORD, { current, password })
  return { email, id: user.id, token, client, change }
}

describe('changing one’s password', () => {
  it('lets the new one in and the old one no more, and tells the owner', async () => {
    const { email, change } = await somebody()
    expect((await change(PASSWORD, NEW)).data).toEqual({ changePassword: true })
    expect((await login(email, PASSWORD)).errors[0]?.extensions.code).toBe('UNAUTHENTICATED')
    expect((await login(email, NEW)).errors).toEqual([])
    expect((await awaitLetter(server, email, 'Пароль изменён')).text).not.toContain(NEW)
  })

  it('ends all sessions at once, the caller’s too, and their sockets', async () => {
    const { email, token, client, change } = await somebody()
    const { data } = await login(email, PASSWORD)
    const other = data?.login.token
    const sockets = await Promise.all(
      [token.accessToken, other?.accessToken ?? ''].map((access) => RawSocket.connect(server.url, access)),
    )
    await change(PASSWORD, NEW)
    expect(await client.codeOf(ME)).toBe('UNAUTHENTICATED')
    expect(await new TestClient(server, other?.accessToken).codeOf(ME)).toBe('UNAUTHENTICATED')
    for (const { refreshToken } of [token, other].flatMap((one) => one ?? []))
      expect((await refresh(server, refreshToken)).errors[0]?.extensions.code).toBe('UNAUTHENTICATED')
    expect(await Promise.all(sockets.map(({ closed }) => closed))).toEqual([4403, 4403])
  })

  it('clears the cookie of a browser in cookie mode', async () => {
    const { token } = await somebody()
    const response = await fetch(`${server.url}/graphql`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'x-auth-mode': 'cookie',
        authorization: `Bearer ${token.accessToken}`,
      },
      body: JSON.stringify({ query: CHANGE_PASSWORD, variables: { current: PASSWORD, password: NEW } }),
    })
    expect(await response.json()).toEqual({ data: { changePassword: true } })
    expect(response.headers.get('set-cookie')).toMatch(/^adtime_refresh=; .*Path=\/graphql; Expires=Thu, 01 Jan 1970/)
  })

  it('is refused with a wrong `current`, which keeps one signed in', async () => {
    const { email, client, change } = await somebody()
    const { errors } = await change('Not-the-one-1', NEW)
    expect(errors[0]?.extensions).toMatchObject({
      code: 'BAD_USER_INPUT',
      fields: [{ path: 'current', message: 'is not the password of this account' }],
    })
    expect(await client.codeOf(ME)).toBe('ok')
    expect((await login(email, PASSWORD)).errors).toEqual([])
  })

  it('names exactly the rules that the new one breaks', async () => {
    const { change } = await somebody()
    const fields = async (password: string) =>
      (await change(PASSWORD, password)).errors[0]?.extensions.fields?.map(({ path, message }) => `${path} ${message}`)
    expect(await fields('short')).toEqual([
      'password must be at least 8 characters long',
      'password must contain an upper-case letter',
      'password must contain a digit',
      'password must contain a character that is neither a letter nor a digit',
    ])
    const common = ['password must not be one of the most common passwords']
    expect([await fields('Password1!'), await fields('P@ssw0rd')]).toEqual([common, common])
  })

  it('lets guess at `current` no faster than at sign-in, and together with it', async () => {
    const { email, change } = await somebody()
    for (let tries = 0; tries < 3; tries++) await change('Not-the-one-1', NEW)
    for (let tries = 0; tries < 2; tries++) await login(email, 'Not-the-one-1')
    expect((await change(PASSWORD, NEW)).errors[0]?.extensions).toMatchObject({
      code: 'RATE_LIMITED',
      retryAfter: expect.any(Number),
    })
    expect((await login(email, PASSWORD)).errors[0]?.extensions.code).toBe('RATE_LIMITED')
  })

  it('tells an account without one how it gets one', async () => {
    const { id, change } = await somebody()
    await prisma.credential.delete({ where: { userId: id } })
    const [field] = (await change(PASSWORD, NEW)).errors[0]?.extensions.fields ?? []
    expect(field).toMatchObject({ path: 'current', message: expect.stringContaining('requestPasswordReset') })
  })

  it('is nothing for guests and visitors', async () => {
    const variables = { current: PASSWORD, password: NEW }
    expect(await (await startGuest(server)).client.codeOf(CHANGE_PASSWORD, variables)).toBe('FORBIDDEN')
    expect(await new TestClient(server).codeOf(CHANGE_PASSWORD, variables)).toBe('UNAUTHENTICATED')
  })

  it('five times at once changes it once', async () => {
    const { email, change } = await somebody()
    const wanted = Array.from({ length: 5 }, (_, index) => `Parallel-${index}`)
    const answers = await Promise.all(wanted.map((password) => change(PASSWORD, password)))
    const winners = wanted.filter((_, index) => answers[index]?.errors.length === 0)
    expect(winners).toHaveLength(1)
    // Whose session had not ended yet has the wrong password by now.
    for (const { errors } of answers.filter(({ errors }) => errors.length > 0))
      expect(['BAD_USER_INPUT', 'UNAUTHENTICATED']).toContain(errors[0]?.extensions.code)
    // Where nobody has tried yet.
    const replica = await startTestServer({ databaseUrl: server.databaseUrl })
    const input = { email, password: winners[0] ?? '' }
    expect(await new TestClient(replica).codeOf(LOGIN, { input })).toBe('ok')
    await replica.close()
  })

  it('lets nobody in with the old one who was being checked while it changed', async () => {
    const { email, id } = await somebody()
    const input = { email: newAddress(), password: NEW }
    const { register: other } = await new TestClient(server).get<{ register: Payload }>(REGISTER, { input })
    const changer = new pg.Client({ connectionString: server.databaseUrl })
    await changer.connect()
    await changer.query('begin')
    await changer.query(
      'update credentials c set password_hash = o.password_hash from credentials o where c.user_id = $1 and o.user_id = $2',
      [id, other.user.id],
    )
    let isAnswered = false
    const late = login(email, PASSWORD).finally(() => {
      isAnswered = true
    })
    const waiting = `select count(*)::int as n from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`
    await expect.poll(async () => isAnswered || (await prisma.$queryRawUnsafe<{ n: number }[]>(waiting))[0]?.n).toBe(1)
    await changer.query('commit')
    await changer.end()
    expect((await late).errors[0]?.extensions.code).toBe('UNAUTHENTICATED')
    expect(await prisma.session.count({ where: { userId: id } })).toBe(1)
  })

  it('ends a sign-in that waits for its second factor, and a visit to a provider', async () => {
    const { id, change } = await somebody()
    const now = new Date()
    const expiresAt = new Date(now.getTime() + 60_000)
    const hash = new Uint8Array(32)
    await prisma.signInChallenge.create({ data: { tokenHash: hash, userId: id, createdAt: now, expiresAt } })
    const visit = { secrets: hash, redirectUri: 'https://adtime.test/', createdAt: now, expiresAt }
    await prisma.providerLogin.create({ data: { stateHash: hash, userId: id, ...visit, provider: 'YANDEX' } })
    await change(PASSWORD, NEW)
    expect(await prisma.signInChallenge.count({ where: { userId: id } })).toBe(0)
    expect(await prisma.providerLogin.count({ where: { userId: id } })).toBe(0)
  })
})
