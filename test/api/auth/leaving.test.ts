import pg from 'pg'
import { describe, expect, it } from 'vitest'
import { newId } from '../../../src/kernel/ids.js'
import { openAccount, type TestAccount } from '../../testkit/account.js'
import { TestClient } from '../../testkit/client.js'
import { RawSocket } from '../../testkit/raw-socket.js'
import { startTestServer } from '../../testkit/server.js'
import { DELETE_ACCOUNT, LOGIN, ME, PASSWORD, type Payload, REGISTER } from './operations.js'
import { awaitLetter } from './outbox.js'
import { newAddress, refresh, registerSomebody, startGuest } from './people.js'

const server = await startTestServer()
const replica = await startTestServer({ databaseUrl: server.databaseUrl })
const { prisma } = server.platform.database

const login = (email: string, password = PASSWORD) =>
  new TestClient(server).ask<{ login: Payload }>(LOGIN, { input: { email, password } })
const as = ({ token }: Payload) => new TestClient(server, token.accessToken)
const leave = (client: TestClient, password: string | null = PASSWORD) => client.ask(DELETE_ACCOUNT, { password })
const codeOf = async (answer: ReturnType<typeof leave>) => (await answer).errors[0]?.extensions.code ?? 'ok'

/** The name and role of an account that nothing refers to would not stay; this one has spoken in an audit. */
const makeUnforgettable = (actorId: string) =>
  prisma.auditEntry.create({
    data: { id: newId(), actorId, action: 'test.deed', subjectType: 'User', occurredAt: new Date() },
  })

describe('deleting an account', () => {
  it('ends all its sessions at once: tokens of both kinds, and sockets on every replica', {
    timeout: 30_000,
  }, async () => {
    const email = newAddress()
    const phone = await registerSomebody(server, email)
    const laptop = (await login(email)).data?.login
    if (!laptop) throw new Error('the laptop could not sign in')
    const sockets = await Promise.all([
      RawSocket.connect(server.url, phone.token.accessToken),
      RawSocket.connect(server.url, laptop.token.accessToken),
      RawSocket.connect(replica.url, laptop.token.accessToken),
    ])
    expect(await leave(as(phone))).toMatchObject({ data: { deleteAccount: true }, errors: [] })
    expect(await Promise.all(sockets.map(({ closed }) => closed))).toEqual([4403, 4403, 4403])
    expect(await as(phone).codeOf(ME)).toBe('UNAUTHENTICATED')
    expect(await as(laptop).codeOf(ME)).toBe('UNAUTHENTICATED')
    expect((await refresh(server, laptop.token.refreshToken)).errors[0]?.extensions.code).toBe('UNAUTHENTICATED')
    expect((await login(email)).errors[0]?.extensions.code).toBe('UNAUTHENTICATED')
  })

  it('is told at the address that goes with it, and one that was to come goes too', async () => {
    const email = newAddress()
    const { user, ...payload } = await registerSomebody(server, email)
    await makeUnforgettable(user.id)
    await prisma.user.update({ where: { id: user.id }, data: { pendingEmail: newAddress() } })
    await leave(as({ user, ...payload }))
    await awaitLetter(server, email, 'Аккаунт удалён')
    const row = await prisma.user.findUniqueOrThrow({ where: { id: user.id } })
    expect(row).toMatchObject({ email: null, pendingEmail: null })
  })

  it('leaves no row where nothing refers to it, and nothing of its sessions', async () => {
    const { user, ...payload } = await registerSomebody(server)
    const sessions = await prisma.session.findMany({ where: { userId: user.id } })
    await leave(as({ user, ...payload }))
    expect(await prisma.user.count({ where: { id: user.id } })).toBe(0)
    expect(await prisma.session.count({ where: { id: { in: sessions.map(({ id }) => id) } } })).toBe(0)
    const streams = () =>
      prisma.eventStream.count({ where: { name: { in: sessions.map(({ id }) => `session:${id}`) } } })
    expect(await streams()).toBe(1)
    await prisma.$executeRaw`
      update graphile_worker._private_jobs j set run_at = now() from graphile_worker._private_tasks t
      where t.id = j.task_id and t.identifier = 'auth.drop-session-streams'`
    await expect.poll(streams, { timeout: 10_000 }).toBe(0)
  })

  it('leaves nobody where something refers to it', async () => {
    const { user, ...payload } = await registerSomebody(server)
    const now = new Date()
    await prisma.user.update({
      where: { id: user.id },
      data: { phone: '+79991112233', telegramId: 'her', emailVerifiedAt: now, displayName: 'Анна' },
    })
    await prisma.identity.create({ data: { provider: 'GOOGLE', subject: newId(), userId: user.id, linkedAt: now } })
    await prisma.secondFactor.create({ data: { userId: user.id, secret: new Uint8Array(1), createdAt: now } })
    await prisma.recoveryCode.create({ data: { userId: user.id, codeHash: new Uint8Array(1) } })
    await prisma.phoneCode.create({
      data: { phone: '+79991112233', codeHash: new Uint8Array(1), createdAt: now, expiresAt: now },
    })
    await makeUnforgettable(user.id)
    await leave(as({ user, ...payload }))
    const row = await prisma.user.findUniqueOrThrow({
      where: { id: user.id },
      include: { credential: true, identities: true, secondFactor: true, recoveryCodes: true, sessions: true },
    })
    expect(row).toMatchObject({
      displayName: 'Удалённый аккаунт',
      email: null,
      emailVerifiedAt: null,
      phone: null,
      telegramId: null,
      role: 'USER',
      credential: null,
      identities: [],
      secondFactor: null,
      recoveryCodes: [],
      sessions: [],
      deletedAt: expect.any(Date),
    })
    expect(await prisma.phoneCode.count({ where: { phone: '+79991112233' } })).toBe(0)
    expect(
      await new TestClient(server).codeOf('query Gone($id: UUID!) { user(id: $id) { id } }', { id: user.id }),
    ).toBe('NOT_FOUND')
  })

  it('frees its address at once, for somebody else', async () => {
    const email = newAddress()
    const before = await registerSomebody(server, email)
    await makeUnforgettable(before.user.id)
    await leave(as(before))
    const { data } = await new TestClient(server).ask<{ register: Payload }>(REGISTER, {
      input: { email, password: PASSWORD },
    })
    expect(data?.register.user.id).not.toBe(before.user.id)
    expect((await login(email)).data?.login.user.id).toBe(data?.register.user.id)
  })

  it('wants the password of an account that has one', async () => {
    const payload = await registerSomebody(server)
    for (const password of [null, '', `${PASSWORD} `]) {
      const { errors } = await leave(as(payload), password)
      expect(errors[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', fields: [{ path: 'password' }] })
    }
    expect(await as(payload).codeOf(ME)).toBe('ok')
    expect(await codeOf(leave(as(payload)))).toBe('ok')
    expect(await codeOf(leave((await startGuest(server)).client, null))).toBe('ok')
  })

  it('lets its password be guessed no faster than signing in does, and counts with it', async () => {
    const email = newAddress()
    const payload = await registerSomebody(server, email)
    const guesses = Array.from({ length: 12 }, (_, n) => codeOf(leave(as(payload), `Guess-${n}`)))
    const codes = await Promise.all(guesses)
    expect(codes.filter((code) => code === 'BAD_USER_INPUT')).toHaveLength(5)
    expect(codes.filter((code) => code === 'RATE_LIMITED')).toHaveLength(7)
    expect(await codeOf(leave(as(payload)))).toBe('RATE_LIMITED')
    expect((await login(email)).errors[0]?.extensions.code).toBe('RATE_LIMITED')
  })

  it('ten times at once is done once', async () => {
    for (const isKept of [false, true]) {
      const { id, client } = await startGuest(server)
      if (isKept) await makeUnforgettable(id)
      const codes = await Promise.all(Array.from({ length: 10 }, () => codeOf(leave(client, null))))
      expect(codes).toContain('ok')
      expect(codes.filter((code) => code !== 'ok' && code !== 'UNAUTHENTICATED')).toEqual([])
      expect(await prisma.user.count({ where: { id } })).toBe(isKept ? 1 : 0)
      expect(await prisma.session.count({ where: { userId: id } })).toBe(0)
    }
  })

  it('is refused when the session that asks has ended meanwhile', async () => {
    const payload = await registerSomebody(server)
    const { id } = payload.user
    const holder = new pg.Client({ connectionString: server.databaseUrl })
    await holder.connect()
    await holder.query('begin')
    await holder.query('select from users where id = $1 for no key update', [id])
    const answer = leave(as(payload))
    const waiting = async () =>
      (await holder.query("select from pg_stat_activity where wait_event_type = 'Lock'")).rowCount
    await expect.poll(waiting, { timeout: 8_000 }).toBe(1)
    await holder.query('update sessions set ended_at = now() where user_id = $1', [id])
    await holder.query('commit')
    await holder.end()
    expect(await codeOf(answer)).toBe('UNAUTHENTICATED')
    expect(await prisma.credential.count({ where: { userId: id } })).toBe(1)
  })

  it('while calls of its owner are under way leaves nothing that they made', async () => {
    for (let round = 0; round < 5; round++) {
      const { id, client } = await startGuest(server)
      if (round % 2) await makeUnforgettable(id)
      const draw = 'mutation DrawAndLeave { createGeneration(input: { prompt: "A red bicycle" }) { id } }'
      await Promise.all([...Array.from({ length: 4 }, () => client.codeOf(draw)), leave(client, null)])
      await finishRemovals()
      expect(await prisma.generation.count({ where: { ownerId: id } })).toBe(0)
      expect(await prisma.asset.count({ where: { ownerId: id } })).toBe(0)
    }
  })

  it('takes back what was written at the last moment', async () => {
    const { id, client } = await startGuest(server)
    await makeUnforgettable(id)
    await leave(client, null)
    await prisma.user.update({ where: { id }, data: { displayName: 'Анна', email: newAddress() } })
    await prisma.generation.create({
      data: {
        id: newId(),
        ownerId: id,
        prompt: 'A',
        model: 'a',
        width: 1,
        height: 1,
        imageCount: 1,
        createdAt: new Date(),
      },
    })
    await finishRemovals()
    expect(await prisma.user.findUniqueOrThrow({ where: { id } })).toMatchObject({
      displayName: 'Удалённый аккаунт',
      email: null,
    })
    expect(await prisma.generation.count({ where: { ownerId: id } })).toBe(0)
  })

  it('clears the cookie of a client that keeps its refresh token there', async () => {
    const { client } = await startGuest(server)
    const answer = await fetch(`${server.url}/graphql`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        authorization: `Bearer ${client.token}`,
        'x-auth-mode': 'cookie',
      },
      body: JSON.stringify({ query: DELETE_ACCOUNT }),
    })
    expect(await answer.json()).toEqual({ data: { deleteAccount: true } })
    expect(answer.headers.get('set-cookie')).toMatch(/^adtime_refresh=;.*Expires=Thu, 01 Jan 1970/)
  })

  it('is open to staff of a factory, and to visitors not', async () => {
    const factory = await openAccount(server, 'FACTORY')
    expect(await codeOf(leave(factory.client, 'Adtime-test-1'))).toBe('ok')
    expect(await codeOf(leave(new TestClient(server)))).toBe('UNAUTHENTICATED')
  })

  it('is refused to the last ADMIN, and of the last two at once to one', async () => {
    const admins: TestAccount[] = [await openAccount(server, 'ADMIN')]
    const leaveAs = ({ client }: TestAccount) => codeOf(leave(client, 'Adtime-test-1'))
    for (const admin of admins) expect(await leaveAs(admin)).toBe('CONFLICT')
    admins.push(await openAccount(server, 'ADMIN'))
    const blocked = await openAccount(server, 'ADMIN')
    await prisma.user.update({ where: { id: blocked.id }, data: { blockedAt: new Date() } })
    const codes = await Promise.all(admins.map(leaveAs))
    expect(codes.sort()).toEqual(['CONFLICT', 'ok'])
    expect(await prisma.user.count({ where: { role: 'ADMIN', blockedAt: null } })).toBe(1)
  })
})

/** Has the jobs run that come an hour after accounts were deleted, and waits until they are done. */
async function finishRemovals(): Promise<void> {
  await prisma.$executeRaw`
    update graphile_worker._private_jobs j set run_at = now() from graphile_worker._private_tasks t
    where t.id = j.task_id and t.identifier = 'auth.finish-removal'`
  const waiting = () => prisma.$queryRaw<unknown[]>`
    select 1 as one from graphile_worker._private_jobs j join graphile_worker._private_tasks t on t.id = j.task_id
    where t.identifier in ('auth.finish-removal', 'generation.draw')`
  await expect.poll(waiting, { timeout: 15_000 }).toEqual([])
}
