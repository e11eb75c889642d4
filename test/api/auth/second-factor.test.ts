import { describe, expect, it } from 'vitest'
import { openAccount } from '../../testkit/account.js'
import { TestClient } from '../../testkit/client.js'
import { startTestServer } from '../../testkit/server.js'
import { addItem, addOrder } from '../../testkit/shop-rows.js'
import { registerSomebody } from './people.js'
import {
  CONFIRM,
  challengeOf,
  codeOf,
  complete,
  DISABLE,
  ENROLL,
  type Enrolled,
  openHolder,
  StandingClock,
  TWO_FACTOR,
  wrongCode,
} from './second-factors.js'

const clock = new StandingClock()
const server = await startTestServer({ clock })
const { prisma } = server.platform.database

const enroll = async (client: TestClient): Promise<Enrolled> =>
  (await client.get<{ enrollTwoFactor: Enrolled }>(ENROLL)).enrollTwoFactor
const isEnabled = async (client: TestClient) =>
  (await client.get<{ me: { twoFactorEnabled: boolean } }>(TWO_FACTOR)).me.twoFactorEnabled

describe('enrolling a second factor', () => {
  it('gives a secret, the link that carries it and a picture of the link', async () => {
    const { user, token } = await registerSomebody(server)
    const { secret, otpauthUrl, qrCode } = await enroll(new TestClient(server, token.accessToken))
    const link = new URL(otpauthUrl)
    expect(secret).toMatch(/^[A-Z2-7]{32}$/)
    expect([link.protocol, link.host]).toEqual(['otpauth:', 'totp'])
    expect(decodeURIComponent(link.pathname)).toBe(`/AdTime:${user.email}`)
    expect(Object.fromEntries(link.searchParams)).toMatchObject({ secret, issuer: 'AdTime' })
    const [kind, data = ''] = qrCode.split(',')
    expect(kind).toBe('data:image/png;base64')
    expect(Buffer.from(data, 'base64').subarray(1, 4).toString()).toBe('PNG')
  })

  it('labels the link with the phone, or else the name, of who has no address', async () => {
    const { id, client } = await openAccount(server, 'USER', { displayName: 'Анна: «А & Б»?#' })
    await prisma.user.update({ where: { id }, data: { email: null } })
    const label = async () => decodeURIComponent(new URL((await enroll(client)).otpauthUrl).pathname)
    expect(await label()).toBe('/AdTime:Анна: «А & Б»?#')
    await prisma.user.update({ where: { id }, data: { phone: '+79990000000' } })
    expect(await label()).toBe('/AdTime:+79990000000')
  })

  it('changes nothing until it is confirmed, and a second one replaces the first', async () => {
    const { client } = await openAccount(server)
    const first = await enroll(client)
    const second = await enroll(client)
    expect(second.secret).not.toBe(first.secret)
    expect(await isEnabled(client)).toBe(false)
    expect(await client.codeOf(CONFIRM, { code: await codeOf(first.secret, clock) })).toBe('BAD_USER_INPUT')
    expect(await client.codeOf(CONFIRM, { code: await codeOf(second.secret, clock) })).toBe('ok')
    expect(await isEnabled(client)).toBe(true)
  })

  it('is refused while a confirmed one is there, and to guests and visitors', async () => {
    const holder = await openHolder(server, clock)
    const guest = await openAccount(server)
    await prisma.user.update({ where: { id: guest.id }, data: { isGuest: true } })
    clock.pass(2_000)
    expect(await holder.client.codeOf(ENROLL)).toBe('CONFLICT')
    expect(await guest.client.codeOf(ENROLL)).toBe('FORBIDDEN')
    expect(await new TestClient(server).codeOf(ENROLL)).toBe('UNAUTHENTICATED')
  })

  it('leaves nothing in the tables that could be used', async () => {
    const { id, secret, recoveryCodes } = await openHolder(server, clock)
    const waiting = await openAccount(server)
    const unconfirmed = await enroll(waiting.client)
    const factors = await prisma.secondFactor.findMany({ where: { userId: { in: [id, waiting.id] } } })
    const stored = [
      ...factors.map((factor) => Buffer.from(factor.secret)),
      ...(await prisma.recoveryCode.findMany({ where: { userId: id } })).map(({ codeHash }) => Buffer.from(codeHash)),
    ]
    expect(stored).toHaveLength(12)
    for (const text of [
      secret,
      unconfirmed.secret,
      ...recoveryCodes,
      ...recoveryCodes.map((one) => one.replace('-', '')),
    ])
      for (const bytes of stored) expect(bytes.includes(text)).toBe(false)
  })

  it('seals a secret for its account: in another row it opens nothing', async () => {
    const [anna, boris] = [await openHolder(server, clock), await openHolder(server, clock)]
    const { secret } = await prisma.secondFactor.findUniqueOrThrow({ where: { userId: anna.id } })
    await prisma.secondFactor.update({ where: { userId: boris.id }, data: { secret } })
    expect(await boris.client.codeOf(DISABLE, { code: await anna.code(1) })).toBe('INTERNAL_SERVER_ERROR')
    expect(await isEnabled(boris.client)).toBe(true)
  })
})

describe('confirming a second factor', () => {
  it('gives ten recovery codes that can be read aloud', async () => {
    const { recoveryCodes } = await openHolder(server, clock)
    expect(new Set(recoveryCodes).size).toBe(10)
    for (const code of recoveryCodes) expect(code).toMatch(/^[2-9A-HJ-NP-Z]{5}-[2-9A-HJ-NP-Z]{5}$/)
  })

  it('takes the code of one step before and after, with spaces, and no other', async () => {
    for (const [step, outcome] of [
      [-2, 'BAD_USER_INPUT'],
      [-1, 'ok'],
      [0, 'ok'],
      [1, 'ok'],
      [2, 'BAD_USER_INPUT'],
    ] as const) {
      const { client } = await openAccount(server)
      const code = await codeOf((await enroll(client)).secret, clock, step)
      expect([step, await client.codeOf(CONFIRM, { code: ` ${code.slice(0, 3)} ${code.slice(3)} ` })]).toEqual([
        step,
        outcome,
      ])
    }
  })

  it('names the field of a wrong code', async () => {
    const { client } = await openAccount(server)
    const { secret } = await enroll(client)
    for (const code of [await wrongCode(secret, clock), '', '12345', '1234567', 'ABCDE-FGHJK', '１２３４５６']) {
      const { errors } = await client.ask(CONFIRM, { code })
      expect(errors[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', fields: [{ path: 'code' }] })
    }
  })

  it('is a CONFLICT with nothing enrolled, and the second time', async () => {
    const { client } = await openAccount(server)
    expect(await client.codeOf(CONFIRM, { code: '123456' })).toBe('CONFLICT')
    const holder = await openHolder(server, clock)
    expect(await holder.client.codeOf(CONFIRM, { code: await holder.code(1) })).toBe('CONFLICT')
  })

  it('happens once, and its recovery codes are those of the answer, when fifty confirm at once', async () => {
    const { id, client } = await openAccount(server)
    const code = await codeOf((await enroll(client)).secret, clock)
    const answers = await Promise.all(
      Array.from({ length: 50 }, () => client.ask<{ confirmTwoFactor: string[] }>(CONFIRM, { code })),
    )
    expect(answers.filter(({ errors }) => errors.length === 0)).toHaveLength(1)
    expect(await prisma.recoveryCode.count({ where: { userId: id } })).toBe(10)
  })
})

describe('disabling a second factor', () => {
  it('takes a code of the app and ends it with its recovery codes and the sign-ins that wait for it', async () => {
    const holder = await openHolder(server, clock)
    const challenge = await challengeOf(server, holder.email)
    const { disableTwoFactor } = await holder.client.get<{ disableTwoFactor: object }>(DISABLE, {
      code: await holder.code(1),
    })
    expect(disableTwoFactor).toEqual({ id: holder.id, twoFactorEnabled: false })
    expect(await prisma.secondFactor.count({ where: { userId: holder.id } })).toBe(0)
    expect(await prisma.recoveryCode.count({ where: { userId: holder.id } })).toBe(0)
    expect((await complete(server, challenge, holder.recoveryCodes[0] ?? '')).errors[0]?.extensions.code).toBe(
      'UNAUTHENTICATED',
    )
    expect(await challengeOf(server, holder.email)).toBe('')
  })

  it('takes a recovery code, in small letters and without its hyphen', async () => {
    const { client, recoveryCodes } = await openHolder(server, clock)
    const code = ` ${(recoveryCodes[9] ?? '').toLowerCase().replace('-', ' ')} `
    expect(await client.codeOf(DISABLE, { code })).toBe('ok')
    expect(await client.codeOf(DISABLE, { code })).toBe('CONFLICT')
  })

  it('takes no code twice, not even the one that confirmed, and none of another account', async () => {
    const [holder, other] = [await openHolder(server, clock), await openHolder(server, clock)]
    const wrong = [
      await holder.code(),
      await other.code(1),
      other.recoveryCodes[0] ?? '',
      await wrongCode(holder.secret, clock),
      holder.secret,
    ]
    for (const code of wrong) {
      const { errors } = await holder.client.ask(DISABLE, { code })
      expect(errors[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', fields: [{ path: 'code' }] })
    }
    expect(await isEnabled(holder.client)).toBe(true)
  })

  it('is guessed at twenty times an hour at most, fifty at once or not, and then not even the right code helps', async () => {
    const holder = await openHolder(server, clock)
    const code = await wrongCode(holder.secret, clock)
    const codes = await Promise.all(Array.from({ length: 50 }, () => holder.client.codeOf(DISABLE, { code })))
    expect(codes.filter((one) => one === 'BAD_USER_INPUT')).toHaveLength(20)
    expect(codes.filter((one) => one === 'RATE_LIMITED')).toHaveLength(30)
    const { errors } = await holder.client.ask(DISABLE, { code: await holder.code(1) })
    expect(errors[0]?.extensions).toMatchObject({ code: 'RATE_LIMITED', retryAfter: expect.any(Number) })
  })
})

describe('User.twoFactorEnabled', () => {
  it('is not for others to see', async () => {
    const holder = await openHolder(server, clock)
    const designer = await openAccount(server, 'DESIGNER')
    const ORDER_CUSTOMER = 'query Customer($id: UUID!) { order(id: $id) { customer { id twoFactorEnabled } } }'
    const itemId = await addItem(prisma, { designerId: designer.id })
    const id = await addOrder(prisma, { customerId: holder.id, itemIds: [itemId] })
    const manager = await openAccount(server, 'MANAGER')
    clock.pass(2_000)
    expect((await designer.client.ask(ORDER_CUSTOMER, { id })).errors[0]?.extensions.code).toBe('FORBIDDEN')
    for (const { client } of [holder, manager])
      expect(await client.get(ORDER_CUSTOMER, { id })).toEqual({
        order: { customer: { id: holder.id, twoFactorEnabled: true } },
      })
  })
})
