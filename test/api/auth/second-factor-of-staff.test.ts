import { describe, expect, it } from 'vitest'
import { openAccount } from '../../testkit/account.js'
import { TestClient } from '../../testkit/client.js'
import { startTestServer, type TestServer } from '../../testkit/server.js'
import { addItem, addOrder } from '../../testkit/shop-rows.js'
import { LOGIN, PASSWORD, type Payload } from './operations.js'
import { newAddress, registerSomebody } from './people.js'
import { CONFIRM, codeOf, DISABLE, ENROLL, type Enrolled, StandingClock } from './second-factors.js'

// Nothing that is remembered of a session grows old while this clock stands still: what is felt at once was forgotten.
const clock = new StandingClock()
const env = { REQUIRE_SECOND_FACTOR: 'staff' }
const server = await startTestServer({ clock, env })
const replica = await startTestServer({ env, databaseUrl: server.databaseUrl })
const { prisma } = server.platform.database

const ORDER = 'query StaffOrder($id: UUID!) { order(id: $id) { id } }'
const ASSIGN = 'mutation StaffAssign($orderId: UUID!) { assignFactory(orderId: $orderId) { id } }'
const WATCH = 'subscription StaffWatch($orderId: UUID!) { orderStatusChanged(orderId: $orderId) { type } }'
const CHAT = 'mutation StaffChat($input: SendMessageInput!) { sendMessage(input: $input) { id } }'

const customer = await openAccount(server)
const designer = await openAccount(server, 'DESIGNER')
const orderId = await addOrder(prisma, {
  customerId: customer.id,
  itemIds: [await addItem(prisma, { designerId: designer.id })],
})

/** Staff without a second factor, with two sessions at one server and their tokens at another. */
async function openStaff(role: 'MANAGER' | 'ADMIN') {
  const email = newAddress()
  const { user, token } = await registerSomebody(server, email)
  await prisma.user.update({ where: { id: user.id }, data: { role } })
  const { login } = await new TestClient(server).get<{ login: Payload }>(LOGIN, {
    input: { email, password: PASSWORD },
  })
  const at = (where: TestServer, { accessToken } = token) => new TestClient(where, accessToken)
  return { id: user.id, phone: at(server), laptop: at(server, login.token), away: at(replica) }
}

const isStaff = async (client: TestClient) => (await client.codeOf(ORDER, { id: orderId })) === 'ok'
const enroll = async (client: TestClient): Promise<Enrolled> =>
  (await client.get<{ enrollTwoFactor: Enrolled }>(ENROLL)).enrollTwoFactor

describe('staff that needs a second factor', () => {
  it.for(['MANAGER', 'ADMIN'] as const)('and has none is a customer in everything: %s', async (role) => {
    const { phone } = await openStaff(role)
    expect(await phone.codeOf(ORDER, { id: orderId })).toBe('NOT_FOUND')
    expect(await phone.codeOf(CHAT, { input: { orderId, body: 'Good day' } })).toBe('NOT_FOUND')
    const { errors } = await phone.ask(ASSIGN, { orderId })
    expect(errors[0]?.extensions.code).toBe('FORBIDDEN')
    expect(errors[0]?.message).toContain('enrollTwoFactor')
    const watching = phone.subscribe(WATCH, { orderId })
    expect((await watching.failure()).extensions.code).toBe('NOT_FOUND')
    await watching.close()
  })

  it('is staff with the first call after it confirmed one, in all its sessions, and elsewhere within seconds', async () => {
    const { phone, laptop, away } = await openStaff('MANAGER')
    for (const client of [phone, laptop, away]) expect(await isStaff(client)).toBe(false)
    const { secret } = await enroll(phone)
    expect(await isStaff(phone)).toBe(false)
    await phone.get(CONFIRM, { code: await codeOf(secret, clock) })
    expect(await Promise.all([isStaff(phone), isStaff(laptop)])).toEqual([true, true])
    await expect.poll(() => isStaff(away), { timeout: 5_000 }).toBe(true)
    expect(await phone.codeOf(CHAT, { input: { orderId, body: 'Good day' } })).toBe('ok')
  })

  it('is a customer again with the first call after it disabled it, in all its sessions, whose sockets hear', async () => {
    const { id, phone, laptop, away } = await openStaff('ADMIN')
    const { secret } = await enroll(phone)
    await phone.get(CONFIRM, { code: await codeOf(secret, clock) })
    expect(await Promise.all([isStaff(phone), isStaff(laptop), isStaff(away)])).toEqual([true, true, true])
    const sessions = await prisma.session.findMany({ where: { userId: id }, select: { id: true } })
    const signals = await Promise.all(
      sessions.map((session) => replica.platform.streams.followSignals(`session:${session.id}`)),
    )
    await laptop.get(DISABLE, { code: await codeOf(secret, clock, 1) })
    expect(await Promise.all([isStaff(phone), isStaff(laptop)])).toEqual([false, false])
    const heard = await Promise.all(signals.map((signal) => signal.next()))
    expect(heard.map(({ done }) => done)).toEqual([false, false])
    await Promise.all(signals.map(async (signal) => signal.return?.()))
    await expect.poll(() => isStaff(away), { timeout: 5_000 }).toBe(false)
  })

  it('asks it of staff alone', async () => {
    expect(await customer.client.codeOf(ORDER, { id: orderId })).toBe('ok')
    expect(await designer.client.codeOf(ORDER, { id: orderId })).toBe('ok')
  })
})
