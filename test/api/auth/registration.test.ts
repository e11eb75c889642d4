import { describe, expect, it } from 'vitest'
import { TestClient } from '../../testkit/client.js'
import { startTestServer } from '../../testkit/server.js'
import { ME, PASSWORD, type Payload, REGISTER } from './operations.js'
import { newAddress, registerSomebody } from './people.js'

const server = await startTestServer()
const register = (input: object, visitor = new TestClient(server)) =>
  visitor.ask<{ register: Payload }>(REGISTER, { input })

describe('registering', () => {
  it('answers the account and a pair of tokens', async () => {
    const { data, errors } = await register({
      email: 'Anna.Petrova@Example.com',
      password: PASSWORD,
      telegramId: ' 4711 ',
    })
    expect(errors).toEqual([])
    expect(data?.register).toEqual({
      user: {
        id: expect.stringMatching(/^[0-9a-f-]{36}$/),
        email: 'anna.petrova@example.com',
        emailVerified: false,
        phone: null,
        telegramId: '4711',
        displayName: 'anna.petrova',
        role: 'USER',
        isGuest: false,
        twoFactorEnabled: false,
        createdAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/),
      },
      token: {
        accessToken: expect.stringMatching(/^[\w-]+\.[\w-]+\.[\w-]+$/),
        tokenType: 'bearer',
        expiresIn: 1_800,
        refreshToken: expect.stringMatching(/^[\w-]{43}$/),
        issuedAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/),
        tokenId: expect.stringMatching(/^[0-9a-f-]{36}$/),
        scopes: ['READ', 'WRITE'],
      },
      requires2fa: false,
      challenge: null,
    })
    const me = await new TestClient(server, data?.register.token.accessToken).get(ME)
    expect(me).toMatchObject({ me: { id: data?.register.user.id, email: 'anna.petrova@example.com' } })
  })

  it('makes a designer of whoever asks, under the name they give', async () => {
    const { data } = await register({
      email: newAddress(),
      password: PASSWORD,
      role: 'DESIGNER',
      displayName: '  Студия  ',
    })
    expect(data?.register.user).toMatchObject({ role: 'DESIGNER', displayName: 'Студия' })
  })

  it.each(['FACTORY', 'MANAGER', 'ADMIN'])('makes nobody %s', async (role) => {
    const email = newAddress()
    const { errors } = await register({ email, password: PASSWORD, role })
    expect(errors[0]?.extensions).toMatchObject({
      code: 'BAD_USER_INPUT',
      fields: [{ path: 'input.role', message: 'must be USER or DESIGNER' }],
    })
    expect(await server.platform.database.prisma.user.count({ where: { email } })).toBe(0)
  })

  it('names every wrong field at once, and every broken rule of the password', async () => {
    const { errors } = await register({
      email: 'nobody',
      password: 'short',
      displayName: ' ',
      telegramId: 'x'.repeat(65),
      role: 'ADMIN',
    })
    expect(errors[0]?.extensions.code).toBe('BAD_USER_INPUT')
    const fields = errors[0]?.extensions.fields?.map(({ path, message }) => `${path} ${message}`).sort()
    expect(fields).toEqual([
      'input.displayName must be 1 to 100 characters long',
      'input.email must be an e-mail address',
      'input.password must be at least 8 characters long',
      'input.password must contain a character that is neither a letter nor a digit',
      'input.password must contain a digit',
      'input.password must contain an upper-case letter',
      'input.role must be USER or DESIGNER',
      'input.telegramId must be 1 to 64 characters long',
    ])
  })

  it('refuses a text that the database cannot hold', async () => {
    const { errors } = await register({ email: newAddress(), password: PASSWORD, displayName: 'a\u0000b' })
    expect(errors[0]?.extensions.fields).toEqual([
      { path: 'input.displayName', message: 'must not contain the character U+0000' },
    ])
  })

  it('with what another account has is a conflict that names it', async () => {
    const email = newAddress()
    await register({ email, password: PASSWORD, telegramId: 'taken' })
    const both = await register({ email: email.toUpperCase(), password: PASSWORD, telegramId: 'taken' })
    expect(both.errors[0]?.extensions).toMatchObject({
      code: 'CONFLICT',
      fields: [
        { path: 'input.email', message: 'belongs to another account' },
        { path: 'input.telegramId', message: 'belongs to another account' },
      ],
    })
    const one = await register({ email: newAddress(), password: PASSWORD, telegramId: 'taken' })
    expect(one.errors[0]?.extensions.fields?.map(({ path }) => path)).toEqual(['input.telegramId'])
  })

  it('ten times at once with one address makes one account', async () => {
    const email = newAddress()
    const answers = await Promise.all(Array.from({ length: 10 }, () => register({ email, password: PASSWORD })))
    const codes = answers.map(({ errors }) => errors[0]?.extensions.code ?? 'ok').sort()
    expect(codes).toEqual([...Array<string>(9).fill('CONFLICT'), 'ok'])
    expect(await server.platform.database.prisma.user.count({ where: { email } })).toBe(1)
  })

  it('lets three accounts an hour be made from one address, at once or not, and makes no fourth', async () => {
    const visitor = new TestClient(server)
    const addresses = Array.from({ length: 8 }, newAddress)
    const answers = await Promise.all(addresses.map((email) => register({ email, password: PASSWORD }, visitor)))
    const refused = answers.flatMap(({ errors }) => errors)
    expect(refused.map(({ extensions }) => extensions.code)).toEqual(Array(5).fill('RATE_LIMITED'))
    for (const { extensions } of refused) expect(extensions.retryAfter).toBeGreaterThan(3_500)
    expect(await server.platform.database.prisma.user.count({ where: { email: { in: addresses } } })).toBe(3)
  })

  it('does not count tries that were refused as accounts', async () => {
    const visitor = new TestClient(server)
    const email = newAddress()
    await registerSomebody(server, email)
    for (const password of ['short', PASSWORD, PASSWORD, PASSWORD]) await register({ email, password }, visitor)
    expect((await register({ email: newAddress(), password: PASSWORD }, visitor)).errors).toEqual([])
  })

  it('keeps neither the password nor the refresh token', async () => {
    const { data } = await register({ email: newAddress(), password: PASSWORD })
    const { prisma } = server.platform.database
    const credential = await prisma.credential.findUniqueOrThrow({ where: { userId: data?.register.user.id ?? '' } })
    expect(credential.passwordHash).toMatch(/^\$argon2id\$/)
    const tokens = await prisma.refreshToken.findMany({ where: { session: { userId: credential.userId } } })
    expect(tokens).toHaveLength(1)
    expect(Buffer.from(tokens[0]?.tokenHash ?? []).toString('base64url')).not.toBe(data?.register.token.refreshToken)
  })
})
