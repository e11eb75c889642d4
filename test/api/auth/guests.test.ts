import { describe, expect, it } from 'vitest'
import { TestClient } from '../../testkit/client.js'
import { RawSocket } from '../../testkit/raw-socket.js'
import { startTestServer } from '../../testkit/server.js'
import { CREATE as DRAW, READ as READ_GENERATION } from '../generations/documents.js'
import { drawn, holdWorkers, left, request } from '../generations/drawing.js'
import { CREATE as CREATE_ORDER, PAY } from '../orders/operations.js'
import { address, print } from '../orders/order-desk.js'
import { LOGIN, ME, PASSWORD, type Payload, START_GUEST, UPGRADE_GUEST } from './operations.js'
import { awaitMessage } from './outbox.js'
import { type Guest, newAddress, refresh, registerSomebody, startGuest } from './people.js'

const server = await startTestServer()
const { prisma } = server.platform.database

const upgrade = ({ client }: Pick<Guest, 'client'>, input: object = {}) =>
  client.ask<{ upgradeGuest: Payload }>(UPGRADE_GUEST, { input: { email: newAddress(), password: PASSWORD, ...input } })

const upgraded = async (guest: Guest, input: object = {}): Promise<Payload> => {
  const { data, errors } = await upgrade(guest, input)
  if (!data) throw new Error(JSON.stringify(errors))
  return data.upgradeGuest
}

const orderOf = (generationId: string) => ({
  lines: [{ generationId, productType: 'BANNER', print: { ...print, elements: ['logo'] } }],
  deliveryAddress: address,
})

describe('a guest', () => {
  it('is an account without anything to sign in with', async () => {
    const { payload, client } = await startGuest(server)
    expect(payload).toMatchObject({ requires2fa: false, challenge: null, token: { scopes: ['READ', 'WRITE'] } })
    expect(payload.user).toMatchObject({ isGuest: true, email: null, phone: null, role: 'USER', displayName: 'Гость' })
    expect(await client.get(ME)).toMatchObject({ me: { id: payload.user.id } })
    expect((await refresh(server, payload.token.refreshToken)).data?.refreshToken.user.id).toBe(payload.user.id)
  })

  it('has one image, may order it and may not pay', async () => {
    const { client } = await startGuest(server)
    expect(await left(client)).toBe(1)
    const { id } = await drawn(client)
    await expect(request(client)).rejects.toThrow('QUOTA_EXCEEDED')
    const { createOrder } = await client.get<{ createOrder: { id: string } }>(CREATE_ORDER, { input: orderOf(id) })
    expect(await client.codeOf(PAY, { input: { orderId: createOrder.id } })).toBe('FORBIDDEN')
    expect(await prisma.payment.count({ where: { referenceId: createOrder.id } })).toBe(0)
  })

  it('comes twenty times an hour from one address', async () => {
    const visitor = new TestClient(server)
    const codes = await Promise.all(Array.from({ length: 30 }, () => visitor.codeOf(START_GUEST)))
    expect(codes.filter((code) => code === 'ok')).toHaveLength(20)
    expect(codes.filter((code) => code === 'RATE_LIMITED')).toHaveLength(10)
  })
})

describe('upgrading a guest', () => {
  it('keeps the id and all it made, down to the picture and the unpaid order', async () => {
    const guest = await startGuest(server)
    const generation = await drawn(guest.client)
    const { createOrder } = await guest.client.get<{ createOrder: { id: string } }>(CREATE_ORDER, {
      input: orderOf(generation.id),
    })
    const email = newAddress()
    const { user, token } = await upgraded(guest, { email: ` ${email.toUpperCase()}`, role: 'DESIGNER' })
    expect(user).toMatchObject({ id: guest.id, email, isGuest: false, role: 'DESIGNER', emailVerified: false })
    expect(user.displayName).toBe(email.split('@')[0])

    const member = new TestClient(server, token.accessToken)
    const read = await member.get<{ generation: typeof generation }>(READ_GENERATION, { id: generation.id })
    const picture = await fetch(read.generation.images[0]?.url ?? '')
    expect(picture.status).toBe(200)
    expect((await picture.arrayBuffer()).byteLength).toBe(generation.images[0]?.byteSize)
    expect(await member.codeOf(PAY, { input: { orderId: createOrder.id } })).toBe('ok')
  })

  it('lets it sign in with its password from then on, and greets it', async () => {
    const guest = await startGuest(server)
    const email = newAddress()
    await upgraded(guest, { email, displayName: 'Анна' })
    const { data } = await new TestClient(server).ask<{ login: Payload }>(LOGIN, {
      input: { email, password: PASSWORD },
    })
    expect(data?.login.user).toMatchObject({ id: guest.id, displayName: 'Анна', isGuest: false })
    expect((await awaitMessage(server, email)).subject).toBe('Добро пожаловать в AdTime')
  })

  it('counts what the guest had drawn towards the free quota', async () => {
    const [busy, idle] = [await startGuest(server), await startGuest(server)]
    await drawn(busy.client)
    for (const [guest, expected] of [
      [busy, 4],
      [idle, 5],
    ] as const) {
      const { token } = await upgraded(guest)
      expect(await left(new TestClient(server, token.accessToken))).toBe(expected)
    }
  })

  it('gives back to the member what the guest had reserved and did not get', async () => {
    const guest = await startGuest(server)
    const release = await holdWorkers(server)
    try {
      const { id } = await request(guest.client)
      const { token } = await upgraded(guest)
      const member = new TestClient(server, token.accessToken)
      expect(await left(member)).toBe(4)
      await member.get('mutation CancelGuestDrawing($id: UUID!) { cancelGeneration(id: $id) { id } }', { id })
      expect(await left(member)).toBe(5)
    } finally {
      await release()
    }
  })

  it('while it asks for images, loses and gains none', async () => {
    for (let round = 0; round < 5; round++) {
      const guest = await startGuest(server)
      const asked = Array.from({ length: 8 }, () =>
        guest.client.codeOf(DRAW, { input: { prompt: 'A red bicycle', width: 256, height: 256 } }),
      )
      const [{ token }] = await Promise.all([upgraded(guest), ...asked])
      const drawings = await prisma.generation.count({ where: { ownerId: guest.id } })
      expect((await left(new TestClient(server, token.accessToken))) + drawings).toBe(5)
    }
  })

  it('twenty times at once succeeds once, and raises the quota once', async () => {
    const guest = await startGuest(server)
    await drawn(guest.client)
    const email = newAddress()
    const visitors = Array.from({ length: 20 }, () => new TestClient(server, guest.client.token))
    const answers = await Promise.all(visitors.map((client) => upgrade({ client }, { email })))
    const codes = answers.map(({ errors }) => errors[0]?.extensions.code ?? 'ok').sort()
    expect(codes).toEqual([...Array<string>(19).fill('CONFLICT'), 'ok'])
    const winner = answers.find(({ errors }) => errors.length === 0)?.data?.upgradeGuest
    expect(await left(new TestClient(server, winner?.token.accessToken))).toBe(4)
    expect(await prisma.credential.count({ where: { userId: guest.id } })).toBe(1)
    expect(await prisma.session.count({ where: { userId: guest.id, endedAt: null } })).toBe(1)
  })

  it('ends what the guest’s tokens opened: whoever else holds them is out', async () => {
    const guest = await startGuest(server)
    const socket = await RawSocket.connect(server.url, guest.client.token)
    const { token } = await upgraded(guest)
    expect(await socket.closed).toBe(4403)
    expect(await guest.client.codeOf(ME)).toBe('UNAUTHENTICATED')
    expect((await refresh(server, guest.payload.token.refreshToken)).errors[0]?.extensions.code).toBe('UNAUTHENTICATED')
    // Nor does trying the old one harm the new session.
    expect((await refresh(server, token.refreshToken)).errors).toEqual([])
  })

  it('is a conflict for who is no guest', async () => {
    const { token } = await registerSomebody(server)
    const { errors } = await upgrade({ client: new TestClient(server, token.accessToken) })
    expect(errors[0]).toMatchObject({ extensions: { code: 'CONFLICT' } })
    expect(errors[0]?.extensions.fields).toBeUndefined()
    expect((await upgrade({ client: new TestClient(server) })).errors[0]?.extensions.code).toBe('UNAUTHENTICATED')
  })

  it('with what another account has is a conflict that names it, and the guest stays one', async () => {
    const email = newAddress()
    await registerSomebody(server, email)
    const guest = await startGuest(server)
    const { errors } = await upgrade(guest, { email: email.toUpperCase() })
    expect(errors[0]?.extensions).toMatchObject({
      code: 'CONFLICT',
      fields: [{ path: 'input.email', message: 'belongs to another account' }],
    })
    expect(await guest.client.get(ME)).toMatchObject({ me: { id: guest.id, email: null } })
    expect(await left(guest.client)).toBe(1)
    expect((await upgrade(guest, { role: 'ADMIN' })).errors[0]?.extensions.code).toBe('BAD_USER_INPUT')
  })

  it('counts as an account made: three an hour from one address', async () => {
    const visitor = new TestClient(server)
    const guests = await Promise.all(Array.from({ length: 5 }, () => startGuest(server)))
    const codes = []
    for (const { client } of guests) {
      const here = new TestClient(server, client.token, {}, visitor.address)
      codes.push((await upgrade({ client: here })).errors[0]?.extensions.code ?? 'ok')
    }
    expect(codes).toEqual(['ok', 'ok', 'ok', 'RATE_LIMITED', 'RATE_LIMITED'])
    expect(await prisma.user.count({ where: { id: { in: guests.map(({ id }) => id) }, isGuest: true } })).toBe(2)
  })
})
