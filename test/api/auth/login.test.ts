import { createHmac } from 'node:crypto'
import { hash } from '@node-rs/argon2'
import { describe, expect, it } from 'vitest'
import { TestClient } from '../../testkit/client.js'
import { startTestServer } from '../../testkit/server.js'
import { LOGIN, PASSWORD, type Payload } from './operations.js'
import { newAddress, registerSomebody } from './people.js'

const server = await startTestServer()
const { prisma } = server.platform.database
const login = (email: string, password = PASSWORD, visitor = new TestClient(server)) =>
  visitor.ask<{ login: Payload }>(LOGIN, { input: { email, password } })

describe('signing in', () => {
  it('takes the address in any case of letters', async () => {
    const email = newAddress()
    const { user } = await registerSomebody(server, email)
    const { data } = await login(` ${email.toUpperCase()} `)
    expect(data?.login.user).toEqual(user)
    expect(data?.login).toMatchObject({ requires2fa: false, challenge: null, token: { expiresIn: 1_800 } })
  })

  it('answers the same for an unknown address and a wrong password', async () => {
    const email = newAddress()
    await registerSomebody(server, email)
    const [wrong, unknown, empty] = await Promise.all([
      login(email, `${PASSWORD} `),
      login(newAddress()),
      login(email, ''),
    ])
    expect(wrong.errors[0]?.extensions.code).toBe('UNAUTHENTICATED')
    expect(unknown.errors[0]).toMatchObject({
      message: wrong.errors[0]?.message,
      extensions: { code: 'UNAUTHENTICATED' },
    })
    expect(empty.errors[0]?.message).toBe(wrong.errors[0]?.message)
  })

  it('is refused to a blocked account, and only its owner learns why', async () => {
    const email = newAddress()
    await registerSomebody(server, email)
    await prisma.user.update({ where: { email }, data: { blockedAt: new Date() } })
    expect((await login(email)).errors[0]?.extensions.code).toBe('FORBIDDEN')
    expect((await login(email, 'Another-1')).errors[0]?.extensions.code).toBe('UNAUTHENTICATED')
  })

  it('is tried five times a minute for one account, from wherever, and then not even with the right password', async () => {
    const email = newAddress()
    await registerSomebody(server, email)
    const codes = []
    for (let tries = 0; tries < 5; tries++) codes.push((await login(email, 'Guess-1234')).errors[0]?.extensions.code)
    expect(codes).toEqual(Array(5).fill('UNAUTHENTICATED'))
    const { extensions } = (await login(email)).errors[0] ?? {}
    expect(extensions).toMatchObject({ code: 'RATE_LIMITED', retryAfter: expect.any(Number) })
    expect((await login(newAddress())).errors[0]?.extensions.code).toBe('UNAUTHENTICATED')
  })

  it('is tried five times a minute from one address, whichever accounts', async () => {
    const visitor = new TestClient(server)
    const codes = await Promise.all(
      Array.from({ length: 20 }, () =>
        login(newAddress(), PASSWORD, visitor).then(({ errors }) => errors[0]?.extensions.code),
      ),
    )
    expect(codes.filter((code) => code === 'UNAUTHENTICATED')).toHaveLength(5)
    expect(codes.filter((code) => code === 'RATE_LIMITED')).toHaveLength(15)
  })

  it('starts a session that knows where it came from', async () => {
    const email = newAddress()
    const { user } = await registerSomebody(server, email)
    await login(email, PASSWORD, new TestClient(server, null, {}, '192.0.2.1'))
    const sessions = await prisma.session.findMany({ where: { userId: user.id } })
    expect(sessions).toHaveLength(2)
    expect(sessions.map(({ ip }) => ip)).toContain('192.0.2.1')
    for (const session of sessions) expect(session.userAgent).toBe('node')
  })

  it('hashes a password anew that was hashed at another cost', async () => {
    const email = newAddress()
    const { user } = await registerSomebody(server, email)
    const [pepper] = server.platform.secrets.passwordPeppers.values()
    const peppered = createHmac('sha256', pepper ?? '')
      .update(PASSWORD)
      .digest('base64')
    const cheap = await hash(peppered, { memoryCost: 8_192, timeCost: 1 })
    await prisma.credential.update({ where: { userId: user.id }, data: { passwordHash: cheap } })
    expect((await login(email)).errors).toEqual([])
    const { passwordHash } = await prisma.credential.findUniqueOrThrow({ where: { userId: user.id } })
    expect(passwordHash).toContain('m=32768,t=12,p=1')
    expect((await login(email)).errors).toEqual([])
  })
})
