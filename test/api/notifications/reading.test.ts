import { describe, expect, it } from 'vitest'
import { newId } from '../../../src/kernel/ids.js'
import { openAccount } from '../../testkit/account.js'
import { TestClient } from '../../testkit/client.js'
import { startTestServer } from '../../testkit/server.js'
import { bulletin } from './bulletin.js'
import { ARCHIVE, MARK_READ, type MyNotifications, NOTIFICATIONS, PREFERENCES, SET_PREFERENCES } from './operations.js'
import { toldTo } from './told.js'

const server = await startTestServer()
const tell = bulletin(server)
const { prisma } = server.platform.database

async function someone(...types: readonly ('SYSTEM' | 'ORDER')[]) {
  const account = await openAccount(server)
  for (const type of types) await tell(account.id, { type })
  const ask = async (variables: object) =>
    (await account.client.get<MyNotifications, object>(NOTIFICATIONS, variables)).me
  const [told, unread] = [() => toldTo(account), async () => (await ask({})).unreadNotificationCount]
  return { ...account, ask, told, unread }
}

describe('User.notifications', () => {
  it('are pages, newest first, whose cursors go on where the last one ended', async () => {
    const { ask, told } = await someone('SYSTEM', 'ORDER', 'SYSTEM')
    const first = await ask({ first: 2 })
    const rest = await ask({ first: 2, after: first.notifications.pageInfo.endCursor })
    const ids = [...first.notifications.nodes, ...rest.notifications.nodes].map(({ id }) => id)
    expect(ids).toEqual((await told()).map(({ id }) => id).reverse())
    expect([first, rest].map(({ notifications }) => notifications.pageInfo.hasNextPage)).toEqual([true, false])
    expect(first.lastNotificationCursor).toBe(first.notifications.nodes[0]?.cursor)
  })

  it('are filtered by type and status', async () => {
    const { ask, client, told } = await someone('SYSTEM', 'ORDER', 'ORDER')
    const [, read] = await told()
    await client.get(MARK_READ, { ids: [read?.id] })
    const { notifications } = await ask({ filter: { type: ['ORDER'], status: ['UNREAD', 'ARCHIVED'] } })
    expect(notifications.nodes.map(({ id }) => id)).toEqual([(await told())[2]?.id])
  })

  it('come with the account, their count and their cursor in one statement', async () => {
    const { client } = await someone('SYSTEM', 'ORDER')
    await client.get(NOTIFICATIONS, {})
    const statements = await server.statements.during(() => client.get(NOTIFICATIONS, {}))
    expect(statements).toHaveLength(1)
  })

  it('are counted by an index of the unread', async () => {
    const { id } = await someone()
    await prisma.$executeRaw`
      insert into notifications (id, user_id, number, type, status, event, source, title, body, created_at)
      select gen_random_uuid(), ${id}::uuid, n, 'ORDER', 'READ', 'test.old', n, 'Old', 'Old', now() from generate_series(1, 10000) n`
    await prisma.$executeRaw`analyze notifications`
    const plan = await prisma.$queryRaw`
      explain select count(*) from notifications where user_id = ${id}::uuid and status = 'UNREAD'`
    expect(JSON.stringify(plan)).toContain('notifications_user_id_status_number_idx')
  })

  it('refuses cursors of others and forged ones, and lists that are too long, by name', async () => {
    const { client } = await someone('SYSTEM')
    const other = await someone('SYSTEM')
    const foreign = (await other.ask({})).lastNotificationCursor
    for (const after of [foreign, `${foreign.slice(0, -2)}AA`])
      expect((await client.ask(NOTIFICATIONS, { after })).errors[0]?.extensions).toMatchObject({
        code: 'BAD_USER_INPUT',
        fields: [{ path: 'after' }],
      })
    const tooMany = { filter: { type: Array(5).fill('ORDER'), status: Array(4).fill('READ') } }
    expect((await client.ask(NOTIFICATIONS, tooMany)).errors[0]?.extensions).toMatchObject({
      fields: [{ path: 'filter.type' }, { path: 'filter.status' }],
    })
  })
})

describe('markNotificationsRead', () => {
  it('marks those named, or all, and says how many were unread', async () => {
    const { client, told, unread } = await someone('SYSTEM', 'SYSTEM', 'SYSTEM')
    const [first] = await told()
    expect(await client.get(MARK_READ, { ids: [first?.id, first?.id] })).toEqual({ markNotificationsRead: 1 })
    expect([await unread(), (await told())[0]?.status]).toEqual([2, 'READ'])
    expect(await client.get(MARK_READ)).toEqual({ markNotificationsRead: 2 })
    expect(await client.get(MARK_READ)).toEqual({ markNotificationsRead: 0 })
    expect((await told()).every(({ readAt }) => readAt !== null)).toBe(true)
  })

  it('counts each notification for one of parallel calls', async () => {
    const { client, unread } = await someone(...Array<'SYSTEM'>(12).fill('SYSTEM'))
    const answers = await Promise.all(
      Array.from({ length: 6 }, () => client.get<{ markNotificationsRead: number }>(MARK_READ)),
    )
    expect(answers.reduce((sum, { markNotificationsRead }) => sum + markNotificationsRead, 0)).toBe(12)
    expect(await unread()).toBe(0)
  })

  it('is NOT_FOUND, and changes nothing, when one is of somebody else or of nobody', async () => {
    const { client, told, unread } = await someone('SYSTEM')
    const other = await someone('SYSTEM')
    const [mine] = await told()
    const [theirs] = await other.told()
    for (const id of [theirs?.id, newId()]) {
      expect(await client.codeOf(MARK_READ, { ids: [mine?.id, id] })).toBe('NOT_FOUND')
      expect(await client.codeOf(ARCHIVE, { id })).toBe('NOT_FOUND')
    }
    expect([await unread(), await other.unread()]).toEqual([1, 1])
    const tooMany = await client.ask(MARK_READ, { ids: Array.from({ length: 101 }, newId) })
    expect(tooMany.errors[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', fields: [{ path: 'ids' }] })
  })
})

describe('archiveNotification', () => {
  it('puts it away for good, however often it is called', async () => {
    const { client, told, unread } = await someone('SYSTEM')
    const [{ id } = { id: '' }] = await told()
    const once = await client.get<{ archiveNotification: { readAt: string } }>(ARCHIVE, { id })
    expect(once).toMatchObject({ archiveNotification: { status: 'ARCHIVED', readAt: expect.any(String) } })
    expect(await client.get(ARCHIVE, { id })).toEqual(once)
    expect(await client.get(MARK_READ)).toEqual({ markNotificationsRead: 0 })
    expect([await unread(), (await told())[0]?.status]).toEqual([0, 'ARCHIVED'])
  })
})

describe('preferences', () => {
  it('are ORDER, PAYMENT and SUPPORT by e-mail until they are set, and then what was set', async () => {
    const { client } = await someone()
    const of = async () =>
      (await client.get<{ me: { notificationPreferences: object } }>(PREFERENCES)).me.notificationPreferences
    expect(await of()).toEqual({ email: ['ORDER', 'PAYMENT', 'SUPPORT'], telegram: [] })
    const input = { email: ['SYSTEM', 'SYSTEM'], telegram: ['ORDER', 'PAYMENT'] }
    const kept = { email: ['SYSTEM'], telegram: ['ORDER', 'PAYMENT'] }
    expect(await client.get(SET_PREFERENCES, { input })).toEqual({ setNotificationPreferences: kept })
    expect(await of()).toEqual(kept)
    await client.get(SET_PREFERENCES, { input: { email: [], telegram: [] } })
    expect(await of()).toEqual({ email: [], telegram: [] })
  })

  it('refuse lists that are too long, each by name', async () => {
    const { client } = await someone()
    const input = { email: Array(5).fill('ORDER'), telegram: Array(5).fill('ORDER') }
    expect((await client.ask(SET_PREFERENCES, { input })).errors[0]?.extensions).toMatchObject({
      code: 'BAD_USER_INPUT',
      fields: [{ path: 'input.email' }, { path: 'input.telegram' }],
    })
    expect(await new TestClient(server).codeOf(SET_PREFERENCES, { input: { email: [], telegram: [] } })).toBe(
      'UNAUTHENTICATED',
    )
  })
})

it('words that are too long are cut, between characters', async () => {
  const { id, told } = await someone()
  const words = { title: '😀'.repeat(150), body: '😀'.repeat(1_500) }
  await tell(id, { words: { RU: words, EN: words } })
  const [cut] = await told()
  expect([cut?.title, cut?.body]).toEqual([`${'😀'.repeat(99)}…`, `${'😀'.repeat(999)}…`])
})
