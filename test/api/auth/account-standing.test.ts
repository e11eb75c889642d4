import { describe, expect, it } from 'vitest'
import type { Role } from '../../../src/generated/prisma/enums.js'
import { newId } from '../../../src/kernel/ids.js'
import { openAccount, type TestAccount } from '../../testkit/account.js'
import { TestClient } from '../../testkit/client.js'
import { startTestServer } from '../../testkit/server.js'
import { addFactory } from '../../testkit/shop-rows.js'
import { openProgram } from './factory-desk.js'
import { LOGIN, ME, PASSWORD } from './operations.js'
import { newAddress, refresh, registerSomebody } from './people.js'
import { challengeOf, complete, openHolder, StandingClock } from './second-factors.js'

// What is remembered of a session does not grow old while this clock stands still: what is felt at once was forgotten.
const clock = new StandingClock()
const server = await startTestServer({ clock })
const replica = await startTestServer({ clock, databaseUrl: server.databaseUrl })
const { prisma, pool } = server.platform.database
const admin = await openAccount(server, 'ADMIN')

const SET_ROLE = `mutation SetRole($userId: UUID!, $role: Role!, $factoryId: UUID) {
  setUserRole(userId: $userId, role: $role, factoryId: $factoryId) { id role email }
}`
const SET_BLOCKED = `mutation SetBlocked($userId: UUID!, $blocked: Boolean!, $reason: String) {
  setUserBlocked(userId: $userId, blocked: $blocked, reason: $reason) { id email }
}`
const ASSIGN = 'mutation StandingAssign { assignFactory(orderId: "0192d4e8-0000-7000-8000-000000000000") { id } }'

type RoleArguments = { readonly userId: string; readonly role: Role; readonly factoryId?: string | null }
const setRole = (variables: RoleArguments, by = admin) => by.client.ask(SET_ROLE, variables)
const setBlocked = (userId: string, blocked: boolean, reason: string | null = null, by = admin) =>
  by.client.ask(SET_BLOCKED, { userId, blocked, reason })
const codeFrom = async (answer: ReturnType<typeof setRole>) => (await answer).errors[0]?.extensions.code ?? 'ok'
const deedsAbout = (subjectId: string) => prisma.auditEntry.findMany({ where: { subjectId }, orderBy: { id: 'asc' } })
const account = (id: string) => prisma.user.findUniqueOrThrow({ where: { id } })
const mayAssign = async ({ client }: TestAccount) => (await client.codeOf(ASSIGN)) === 'NOT_FOUND'

/** Makes these the only ones who are ADMIN and not blocked, while `work` runs. */
async function withOnlyAdmins(ids: readonly string[], work: () => Promise<void>): Promise<void> {
  const others = { where: { role: 'ADMIN' as const, blockedAt: null, id: { notIn: [...ids] } } }
  const away = (await prisma.user.findMany({ ...others, select: { id: true } })).map(({ id }) => id)
  await prisma.user.updateMany({ where: { id: { in: away } }, data: { blockedAt: clock.now() } })
  try {
    await work()
  } finally {
    await prisma.user.updateMany({ where: { id: { in: away } }, data: { blockedAt: null } })
  }
}

/** Holds the gate shut until all have been let in by their permission and stand before it, then opens it. */
async function atOnce(calls: readonly (() => Promise<string>)[]): Promise<string[]> {
  const gate = await pool.connect()
  await gate.query("select pg_advisory_lock(hashtext('adtime:account-standings'))")
  const outcomes = Promise.all(calls.map((call) => call()))
  const waiting = async () => {
    const { rows } = await gate.query<{ count: number }>(
      `select count(*)::int from pg_locks where locktype = 'advisory' and not granted
       and database = (select oid from pg_database where datname = current_database())`,
    )
    return rows[0]?.count
  }
  try {
    await expect.poll(waiting, { timeout: 8_000 }).toBe(calls.length)
  } finally {
    await gate.query("select pg_advisory_unlock(hashtext('adtime:account-standings'))")
    gate.release()
  }
  return outcomes
}

describe('a new role', () => {
  it('holds with the next call, in every session, and is written down once', async () => {
    const somebody = await openAccount(server)
    expect(await mayAssign(somebody)).toBe(false)
    const { data } = await setRole({ userId: somebody.id, role: 'MANAGER' })
    expect(data).toMatchObject({ setUserRole: { id: somebody.id, role: 'MANAGER', email: expect.any(String) } })
    expect(await mayAssign(somebody)).toBe(true)
    await setRole({ userId: somebody.id, role: 'MANAGER' })
    expect(await deedsAbout(somebody.id)).toMatchObject([
      {
        action: 'user.role',
        actorId: admin.id,
        subjectType: 'User',
        changes: { role: { from: 'USER', to: 'MANAGER' } },
        ip: admin.client.address,
        occurredAt: clock.now(),
      },
    ])
    await setRole({ userId: somebody.id, role: 'USER' })
    expect(await mayAssign(somebody)).toBe(false)
  })

  it('is signalled to whoever watches a session; the same one is not', async () => {
    const { user, token } = await registerSomebody(server)
    const [session] = await prisma.session.findMany({ where: { userId: user.id } })
    const stream = `session:${session?.id}`
    const heard = () => server.platform.streams.lastNumber(stream)
    await setRole({ userId: user.id, role: 'USER' })
    expect(await heard()).toBe(0n)
    await setRole({ userId: user.id, role: 'DESIGNER' })
    expect(await heard()).toBe(1n)
    // The session itself goes on.
    expect(await new TestClient(server, token.accessToken).codeOf(ME)).toBe('ok')
    expect((await refresh(server, token.refreshToken)).errors).toEqual([])
  })

  it('FACTORY says of which factory, keeps it, changes it, and loses it with the role', async () => {
    const [first, second] = [await addFactory(prisma), await addFactory(prisma)]
    const { id: userId } = await openAccount(server)
    const factoryAfter = async (change: Omit<RoleArguments, 'userId'>) => {
      expect((await setRole({ userId, ...change })).errors).toEqual([])
      return (await account(userId)).factoryId
    }
    expect(await factoryAfter({ role: 'FACTORY' })).toBeNull()
    expect(await factoryAfter({ role: 'FACTORY', factoryId: first })).toBe(first)
    expect(await factoryAfter({ role: 'FACTORY' })).toBe(first)
    expect(await factoryAfter({ role: 'FACTORY', factoryId: null })).toBe(first)
    expect(await factoryAfter({ role: 'FACTORY', factoryId: second })).toBe(second)
    expect(await factoryAfter({ role: 'USER' })).toBeNull()
    expect((await deedsAbout(userId)).map(({ changes }) => changes)).toEqual([
      { role: { from: 'USER', to: 'FACTORY' } },
      { factoryId: { from: null, to: first } },
      { factoryId: { from: first, to: second } },
      { role: { from: 'FACTORY', to: 'USER' }, factoryId: { from: second, to: null } },
    ])
  })

  it('is refused for unknown and deleted accounts, unknown factories, and a factory with another role', async () => {
    const [somebody, deleted] = [await openAccount(server), await openAccount(server)]
    await prisma.user.update({ where: { id: deleted.id }, data: { deletedAt: clock.now() } })
    const factoryId = await addFactory(prisma)
    expect(await codeFrom(setRole({ userId: newId(), role: 'MANAGER' }))).toBe('NOT_FOUND')
    expect(await codeFrom(setRole({ userId: deleted.id, role: 'MANAGER' }))).toBe('NOT_FOUND')
    expect(await codeFrom(setRole({ userId: somebody.id, role: 'FACTORY', factoryId: newId() }))).toBe('NOT_FOUND')
    const { errors } = await setRole({ userId: somebody.id, role: 'MANAGER', factoryId })
    expect(errors[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', fields: [{ path: 'factoryId' }] })
    expect(await account(somebody.id)).toMatchObject({ role: 'USER', factoryId: null })
    expect(await deedsAbout(somebody.id)).toEqual([])
  })

  it('is not for guests and programs', async () => {
    const guest = await openAccount(server)
    await prisma.user.update({ where: { id: guest.id }, data: { isGuest: true } })
    const { userId: program } = await openProgram(server, admin.client, await addFactory(prisma))
    expect(await codeFrom(setRole({ userId: guest.id, role: 'MANAGER' }))).toBe('CONFLICT')
    expect(await codeFrom(setRole({ userId: program, role: 'ADMIN' }))).toBe('CONFLICT')
    expect(await codeFrom(setRole({ userId: program, role: 'FACTORY', factoryId: await addFactory(prisma) }))).toBe(
      'CONFLICT',
    )
  })

  it('is given by ADMIN alone', async () => {
    const factoryId = await addFactory(prisma)
    const { client: program } = await openProgram(server, admin.client, factoryId)
    const [customer, factory, manager] = [
      await openAccount(server),
      await openAccount(server, 'FACTORY', { factoryId }),
      await openAccount(server, 'MANAGER'),
    ]
    for (const client of [customer.client, factory.client, manager.client, program])
      for (const [document, what] of [
        [SET_ROLE, { role: 'ADMIN' }],
        [SET_BLOCKED, { blocked: true }],
      ] as const)
        expect(await client.codeOf(document, { userId: customer.id, ...what })).toBe('FORBIDDEN')
    expect(await new TestClient(server).codeOf(SET_ROLE, { userId: customer.id, role: 'ADMIN' })).toBe(
      'UNAUTHENTICATED',
    )
    expect(await account(customer.id)).toMatchObject({ role: 'USER', blockedAt: null })
  })
})

describe('blocking an account', () => {
  it('ends all its sessions at once, and it cannot sign in, refresh or finish a sign-in until it is unblocked', async () => {
    const holder = await openHolder(server, clock)
    const email = newAddress()
    const { user, token } = await registerSomebody(server, email)
    const [first, waiting] = [new TestClient(server, token.accessToken), await challengeOf(server, holder.email)]
    const signIn = () => new TestClient(server).codeOf(LOGIN, { input: { email, password: PASSWORD } })
    expect([await first.codeOf(ME), await holder.client.codeOf(ME), await signIn()]).toEqual(['ok', 'ok', 'ok'])
    for (const id of [user.id, holder.id]) expect((await setBlocked(id, true, ' Spam ')).errors).toEqual([])

    expect([await first.codeOf(ME), await holder.client.codeOf(ME)]).toEqual(['UNAUTHENTICATED', 'UNAUTHENTICATED'])
    expect(await prisma.session.count({ where: { userId: { in: [user.id, holder.id] }, endedAt: null } })).toBe(0)
    expect((await refresh(server, token.refreshToken)).errors[0]?.extensions.code).toBe('UNAUTHENTICATED')
    expect(await signIn()).toBe('FORBIDDEN')

    for (const id of [user.id, holder.id]) await setBlocked(id, false)
    expect(await signIn()).toBe('ok')
    expect((await complete(server, waiting, await holder.code(1))).errors[0]?.extensions.code).toBe('UNAUTHENTICATED')
    expect([await first.codeOf(ME), await holder.client.codeOf(ME)]).toEqual(['UNAUTHENTICATED', 'UNAUTHENTICATED'])
  })

  it('is written down with its reason, and not when it changes nothing', async () => {
    const { id } = await openAccount(server)
    await setBlocked(id, false, 'Never was')
    await setBlocked(id, true, ' Spam ')
    const { blockedAt } = await account(id)
    clock.pass(1_000)
    await setBlocked(id, true, 'Again')
    expect((await account(id)).blockedAt).toEqual(blockedAt)
    await setBlocked(id, false)
    expect(await deedsAbout(id)).toMatchObject([
      { action: 'user.block', actorId: admin.id, changes: { blocked: { from: false, to: true }, note: 'Spam' } },
      { action: 'user.unblock', changes: { blocked: { from: true, to: false } }, ip: admin.client.address },
    ])
    const { errors } = await setBlocked(id, true, 'x'.repeat(501))
    expect(errors[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', fields: [{ path: 'reason' }] })
  })

  it('ends a session that slipped in behind it', async () => {
    const { user, token } = await registerSomebody(server)
    await prisma.user.update({ where: { id: user.id }, data: { blockedAt: clock.now() } })
    await setBlocked(user.id, false)
    expect(await new TestClient(server, token.accessToken).codeOf(ME)).toBe('UNAUTHENTICATED')
  })

  it('kills the keys of a program at once, until it is unblocked', async () => {
    const { userId, client } = await openProgram(server, admin.client, await addFactory(prisma))
    expect(await client.codeOf(ME)).toBe('ok')
    await setBlocked(userId, true)
    expect(await client.codeOf(ME)).toBe('UNAUTHENTICATED')
    await setBlocked(userId, false)
    expect(await client.codeOf(ME)).toBe('ok')
  })

  it('is refused for unknown and deleted accounts, and for oneself', async () => {
    const deleted = await openAccount(server)
    await prisma.user.update({ where: { id: deleted.id }, data: { deletedAt: clock.now() } })
    await openAccount(server, 'ADMIN')
    expect(await codeFrom(setBlocked(newId(), true))).toBe('NOT_FOUND')
    expect(await codeFrom(setBlocked(deleted.id, true))).toBe('NOT_FOUND')
    expect(await codeFrom(setBlocked(admin.id, true))).toBe('CONFLICT')
    expect(await admin.client.codeOf(ME)).toBe('ok')
  })
})

describe('the last ADMIN', () => {
  it('keeps the role and is not blocked, whether others are ADMIN only by name', async () => {
    await withOnlyAdmins([admin.id], async () => {
      expect(await codeFrom(setRole({ userId: admin.id, role: 'USER' }))).toBe('CONFLICT')
      expect(await codeFrom(setBlocked(admin.id, true))).toBe('CONFLICT')
      const gone = await openAccount(server, 'ADMIN')
      await prisma.user.update({ where: { id: gone.id }, data: { deletedAt: clock.now() } })
      expect(await codeFrom(setRole({ userId: admin.id, role: 'USER' }))).toBe('CONFLICT')
      expect(await deedsAbout(admin.id)).toEqual([])
    })
  })

  it('may go when there is another', async () => {
    const [first, second] = [await openAccount(server, 'ADMIN'), await openAccount(server, 'ADMIN')]
    await withOnlyAdmins([first.id, second.id], async () => {
      expect(await codeFrom(setRole({ userId: first.id, role: 'MANAGER' }, first))).toBe('ok')
      expect(await codeFrom(setRole({ userId: second.id, role: 'MANAGER' }, second))).toBe('CONFLICT')
    })
  })

  it.for([
    ['demote', (userId: string, by: TestAccount) => setRole({ userId, role: 'USER' }, by)],
    ['block', (userId: string, by: TestAccount) => setBlocked(userId, true, null, by)],
  ] as const)('stays when two %s each other at the same moment', async ([, act]) => {
    const [one, other] = [await openAccount(server, 'ADMIN'), await openAccount(server, 'ADMIN')]
    await withOnlyAdmins([one.id, other.id], async () => {
      const outcomes = await atOnce([() => codeFrom(act(other.id, one)), () => codeFrom(act(one.id, other))])
      expect(outcomes.sort()).toEqual(['CONFLICT', 'ok'])
      expect(await prisma.user.count({ where: { role: 'ADMIN', blockedAt: null, deletedAt: null } })).toBe(1)
    })
  })

  it('stays when ten demote themselves at the same moment', async () => {
    const ten: TestAccount[] = []
    for (let made = 0; made < 10; made++) ten.push(await openAccount(server, 'ADMIN'))
    const demotions = ten.map((one) => () => codeFrom(setRole({ userId: one.id, role: 'USER' }, one)))
    await withOnlyAdmins(
      ten.map(({ id }) => id),
      async () => {
        const outcomes = await atOnce(demotions)
        expect(outcomes.filter((code) => code === 'ok')).toHaveLength(9)
        expect(outcomes.filter((code) => code === 'CONFLICT')).toHaveLength(1)
      },
    )
  })
})

describe('somebody who was an ADMIN', () => {
  it('can do nothing with what a server still remembers of them', async () => {
    const [old, victim] = [await openAccount(server, 'ADMIN'), await openAccount(server)]
    const away = { ...old, client: new TestClient(replica, old.client.token) }
    expect(await away.client.codeOf(ME)).toBe('ok')
    await setRole({ userId: old.id, role: 'USER' })
    expect(await codeFrom(setBlocked(victim.id, true, null, away))).toBe('FORBIDDEN')
    expect(await codeFrom(setRole({ userId: old.id, role: 'ADMIN' }, away))).toBe('FORBIDDEN')
    expect(await account(victim.id)).toMatchObject({ blockedAt: null })
  })
})
