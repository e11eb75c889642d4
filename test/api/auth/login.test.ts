import { createHmac } from 'node:crypto'
import { hash } from '@node-rs/argon2'
import { describe, expect, it } from 'vitest'
import { TestClient } from '../../testkit/client.js'
import { startTestServer } from '../../testkit/server.js'
import { LOGIN, PASSWORD, type Payload } from './operations.js'
import { newAddress, registerSomebody } from './people.js'

const server = await startTestServer()
const { prisma } = server.platform.database
const visitor = new TestClient(server)
const login = (email: string, password = PASSWORD) =>
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

  it('starts a session that knows where it came from', async () => {
    const email = newAddress()
    const { user } = await registerSomebody(server, email)
    await login(email)
    const sessions = await prisma.session.findMany({ where: { userId: user.id } })
    expect(sessions).toHaveLength(2)
    for (const session of sessions)
      expect(session).toMatchObject({ ip: expect.stringContaining('127.0.0.1'), userAgent: 'node' })
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
