import { describe, expect, it } from 'vitest'
import { newId } from '../../../src/kernel/ids.js'
import { newSecret, secretHash } from '../../../src/platform/secrets/one-time-secret.js'
import { TestClient } from '../../testkit/client.js'
import { startTestServer } from '../../testkit/server.js'
import {
  type Account,
  CHANGE_PASSWORD,
  EMAIL_AVAILABLE,
  LOGIN,
  ME,
  PASSWORD,
  REQUEST_VERIFICATION,
  UPDATE_PROFILE,
  VERIFY_EMAIL,
} from './operations.js'
import { awaitLetter, awaitToken, messagesTo, SUBJECTS } from './outbox.js'
import { newAddress, registerSomebody, startGuest } from './people.js'

let offset = 0
const clock = { now: () => new Date(Date.now() + offset) }
const server = await startTestServer({ clock })
const { prisma } = server.platform.database
const visitor = () => new TestClient(server)
const verify = (token: string, client = visitor()) => client.ask<{ verifyEmail: Account }>(VERIFY_EMAIL, { token })
const deadToken = { code: 'BAD_USER_INPUT', fields: [{ path: 'token' }] }

async function somebody() {
  const email = newAddress()
  const { user, token } = await registerSomebody(server, email)
  const client = new TestClient(server, token.accessToken)
  const change = (to: string) => client.ask<{ updateProfile: Account }>(UPDATE_PROFILE, { input: { email: to } })
  return { email, id: user.id, client, change }
}

/** Somebody who asked for another address, with the token that was sent there. */
async function moving() {
  const person = await somebody()
  const next = newAddress()
  await person.change(next)
  return { ...person, next, token: await awaitToken(server, next, SUBJECTS.verify) }
}

describe('the address of a registration', () => {
  it('is proven with the token of the welcome letter, by whoever has it, and shown to them', async () => {
    const { email, id, client } = await somebody()
    const welcome = await awaitLetter(server, email, SUBJECTS.welcome)
    expect(welcome.text).toContain(`${server.platform.config.publicUrl}/account/verify-email?token=`)
    const token = await awaitToken(server, email, SUBJECTS.welcome)
    const { data } = await verify(token)
    expect(data?.verifyEmail).toEqual({ id, email, emailVerified: true, displayName: email.split('@')[0] })
    const { me } = await client.get<{ me: Account }>('query MeVerified { me { emailVerified } }')
    expect(me.emailVerified).toBe(true)
  })

  it('shows whoever proves it nothing else that is private', async () => {
    const { email } = await somebody()
    const token = await awaitToken(server, email, SUBJECTS.welcome)
    const document = /* GraphQL */ `
      mutation VerifyAndPry($token: String!) {
        verifyEmail(token: $token) {
          email phone telegramId
          balance { amount }
        }
      }`
    const { errors } = await visitor().ask(document, { token })
    expect(errors.map(({ path, extensions }) => [path?.join('.'), extensions.code])).toEqual([
      ['verifyEmail.balance', 'FORBIDDEN'],
    ])
    const privately = [
      'twoFactorEnabled',
      'planSubscription { id }',
      'ledger { totalCount }',
      'orders { totalCount }',
      'generations { totalCount }',
    ]
    for (const field of privately) {
      const other = await somebody()
      const proof = await awaitToken(server, other.email, SUBJECTS.welcome)
      const pry = `mutation Pry($token: String!) { verifyEmail(token: $token) { id ${field} } }`
      expect([field, (await visitor().ask(pry, { token: proof })).errors[0]?.extensions.code]).toEqual([
        field,
        'FORBIDDEN',
      ])
    }
  })

  it('shows a contact that was given besides to nobody but its owner', async () => {
    const { email, id, client } = await somebody()
    await prisma.user.update({
      where: { id },
      data: {
        phone: `+7999${Math.floor(Math.random() * 1e7)
          .toString()
          .padStart(7, '0')}`,
        telegramId: email,
      },
    })
    const token = await awaitToken(server, email, SUBJECTS.welcome)
    const pry = 'mutation PryContacts($token: String!) { verifyEmail(token: $token) { phone telegramId } }'
    const stranger = new TestClient(server, (await somebody()).client.token)
    expect((await stranger.ask(pry, { token })).data).toEqual({ verifyEmail: { phone: null, telegramId: null } })
    expect(await client.get('{ me { telegramId } }')).toEqual({ me: { telegramId: email } })
  })

  it('is sent another letter on request, and none when it is proven', async () => {
    const { email, client } = await somebody()
    const first = await awaitToken(server, email, SUBJECTS.welcome)
    expect((await client.ask(REQUEST_VERIFICATION)).data).toEqual({ requestEmailVerification: true })
    const second = await awaitToken(server, email, SUBJECTS.verify)
    await verify(second)
    expect((await verify(first)).errors[0]?.extensions).toMatchObject(deadToken)
    expect((await client.ask(REQUEST_VERIFICATION)).data).toEqual({ requestEmailVerification: true })
    const other = await somebody()
    await other.client.ask(REQUEST_VERIFICATION)
    await awaitToken(server, other.email, SUBJECTS.verify)
    expect((await messagesTo(server, email)).filter(({ subject }) => subject === SUBJECTS.verify)).toHaveLength(1)
  })

  it('is written to five times an hour', async () => {
    const { client } = await somebody()
    const codes = []
    for (let letters = 0; letters < 6; letters++) codes.push(await client.codeOf(REQUEST_VERIFICATION))
    expect(codes).toEqual([...Array<string>(5).fill('ok'), 'RATE_LIMITED'])
  })

  it('is nothing that guests, visitors and people without one have', async () => {
    expect(await (await startGuest(server)).client.codeOf(REQUEST_VERIFICATION)).toBe('FORBIDDEN')
    expect(await visitor().codeOf(REQUEST_VERIFICATION)).toBe('UNAUTHENTICATED')
    const { id, client } = await somebody()
    await prisma.user.update({ where: { id }, data: { email: null, phone: '+79990001122' } })
    expect(await client.codeOf(REQUEST_VERIFICATION)).toBe('CONFLICT')
  })
})

describe('a token that proves an address', () => {
  it('used fifty times at once is used once', async () => {
    const { email } = await somebody()
    const token = await awaitToken(server, email, SUBJECTS.welcome)
    const answers = await Promise.all(Array.from({ length: 50 }, () => verify(token)))
    expect(answers.filter(({ errors }) => errors.length === 0)).toHaveLength(1)
    for (const { errors } of answers.filter(({ errors }) => errors.length > 0))
      expect(errors[0]?.extensions).toMatchObject(deadToken)
  })

  it('is guessed at twenty times a minute from one address', async () => {
    const guesser = visitor()
    const codes = []
    for (let tries = 0; tries < 21; tries++)
      codes.push((await verify(`guess-${tries}`, guesser)).errors[0]?.extensions.code)
    expect(codes).toEqual([...Array<string>(20).fill('BAD_USER_INPUT'), 'RATE_LIMITED'])
  })

  it('is refused for a blocked account the same as a wrong one', async () => {
    const { email, id } = await somebody()
    const token = await awaitToken(server, email, SUBJECTS.welcome)
    await prisma.user.update({ where: { id }, data: { blockedAt: clock.now() } })
    expect((await verify(token)).errors[0]?.extensions).toMatchObject(deadToken)
  })
})

describe('another address', () => {
  it('takes effect when it is proven: until then the old one stays, and is told', async () => {
    const { email, id, client, change } = await somebody()
    const next = newAddress()
    expect((await change(` ${next.toUpperCase()}`)).data?.updateProfile).toMatchObject({ id, email })
    await awaitLetter(server, email, 'Запрошена смена адреса')
    const input = { password: PASSWORD }
    expect(await visitor().codeOf(LOGIN, { input: { email: next, ...input } })).toBe('UNAUTHENTICATED')
    const token = await awaitToken(server, next, SUBJECTS.verify)
    expect((await verify(token)).data?.verifyEmail).toMatchObject({ id, email: next, emailVerified: true })
    await awaitLetter(server, email, 'Адрес изменён')
    expect(await client.get(ME)).toMatchObject({ me: { email: next } })
    expect(await visitor().codeOf(LOGIN, { input: { email: next, ...input } })).toBe('ok')
    expect(await visitor().codeOf(LOGIN, { input: { email, ...input } })).toBe('UNAUTHENTICATED')
  })

  it('kills the letters to the old one', async () => {
    const { email, token } = await moving()
    const welcome = await awaitToken(server, email, SUBJECTS.welcome)
    await visitor().get('mutation AskOldAddress($email: EmailAddress!) { requestPasswordReset(email: $email) }', {
      email,
    })
    const reset = await awaitToken(server, email, SUBJECTS.reset)
    await verify(token)
    expect((await verify(welcome)).errors[0]?.extensions).toMatchObject(deadToken)
    const document =
      'mutation ResetOldAddress($token: String!) { resetPassword(token: $token, password: "Another-secret-2") }'
    expect((await visitor().ask(document, { token: reset })).errors[0]?.extensions).toMatchObject(deadToken)
  })

  it('does not prove the old one, nor the old one it', async () => {
    const { id, email, next, token } = await moving()
    const { data } = await verify(await awaitToken(server, email, SUBJECTS.welcome))
    expect(data?.verifyEmail).toMatchObject({ id, email, emailVerified: true })
    expect((await verify(token)).data?.verifyEmail).toMatchObject({ id, email: next })
  })

  it('is forgotten for the next one that is asked for, in case it was a slip', async () => {
    const { change, email, token: slip, id } = await moving()
    const next = newAddress()
    await change(next)
    expect((await verify(slip)).errors[0]?.extensions).toMatchObject(deadToken)
    const token = await awaitToken(server, next, SUBJECTS.verify)
    await change(email)
    expect((await verify(token)).errors[0]?.extensions).toMatchObject(deadToken)
    expect(await prisma.user.findUniqueOrThrow({ where: { id } })).toMatchObject({ email, pendingEmail: null })
  })

  it('asked for by somebody who got in is forgotten with the password', async () => {
    const { id, email, client, token } = await moving()
    await client.get(CHANGE_PASSWORD, { current: PASSWORD, password: 'Another-secret-2' })
    expect((await verify(token)).errors[0]?.extensions).toMatchObject(deadToken)
    expect(await prisma.user.findUniqueOrThrow({ where: { id } })).toMatchObject({ email, pendingEmail: null })
    expect((await verify(await awaitToken(server, email, SUBJECTS.welcome))).errors).toEqual([])
  })

  it('that another account has is a conflict, when it is asked for and when it is proven', async () => {
    const { email: taken } = await somebody()
    const { change, next, token, id, email } = await moving()
    expect((await change(taken)).errors[0]?.extensions).toMatchObject({
      code: 'CONFLICT',
      fields: [{ path: 'input.email', message: 'belongs to another account' }],
    })
    await registerSomebody(server, next)
    expect((await verify(token)).errors[0]?.extensions).toMatchObject({ code: 'CONFLICT', fields: [{ path: 'token' }] })
    expect(await prisma.user.findUniqueOrThrow({ where: { id } })).toMatchObject({ email })
  })

  it('that fifty people prove at once goes to one of them', async () => {
    const next = newAddress()
    const now = clock.now()
    // Written as the job would: letters to one address are fewer.
    const tokens = await Promise.all(
      Array.from({ length: 50 }, async () => {
        const user = {
          id: newId(),
          email: newAddress(),
          pendingEmail: next,
          displayName: 'One of fifty',
          createdAt: now,
        }
        await prisma.user.create({ data: user })
        const token = newSecret()
        const proof = { userId: user.id, email: next, purpose: 'VERIFY_EMAIL' } as const
        const expiresAt = new Date(now.getTime() + 60_000)
        await prisma.emailToken.create({
          data: { tokenHash: secretHash(token), ...proof, createdAt: now, expiresAt },
        })
        return token
      }),
    )
    const answers = await Promise.all(tokens.map((token) => verify(token)))
    const codes = answers.map(({ errors }) => errors[0]?.extensions.code ?? 'ok').sort()
    expect(codes).toEqual([...Array<string>(49).fill('CONFLICT'), 'ok'])
    expect(await prisma.user.count({ where: { email: next } })).toBe(1)
  })

  it('proven fifty times at once is taken over once, and the old one is told once', async () => {
    const { email, token } = await moving()
    const answers = await Promise.all(Array.from({ length: 50 }, () => verify(token)))
    expect(answers.filter(({ errors }) => errors.length === 0)).toHaveLength(1)
    await awaitLetter(server, email, 'Адрес изменён')
    expect((await messagesTo(server, email)).filter(({ subject }) => subject === 'Адрес изменён')).toHaveLength(1)
  })

  it('can be the first of an account', async () => {
    const { id, change } = await somebody()
    await prisma.user.update({ where: { id }, data: { email: null, phone: '+79990003344' } })
    const next = newAddress()
    await change(next)
    const { data } = await verify(await awaitToken(server, next, SUBJECTS.verify))
    expect(data?.verifyEmail).toMatchObject({ id, email: next, emailVerified: true })
  })

  it('is asked for five times an hour by one account', async () => {
    const { change } = await somebody()
    const codes = []
    for (let letters = 0; letters < 6; letters++) codes.push((await change(newAddress())).errors[0]?.extensions.code)
    expect(codes).toEqual([...Array<undefined>(5).fill(undefined), 'RATE_LIMITED'])
  })

  it('gets its letter again on request', async () => {
    const { client, next, token } = await moving()
    await client.get(REQUEST_VERIFICATION)
    const again = await awaitToken(server, next, SUBJECTS.verify, token)
    expect((await verify(again)).errors).toEqual([])
  })
})

describe('whether an address is free', () => {
  it('is told to everybody, in any case of letters, sixty times a minute', async () => {
    const { email } = await somebody()
    const curious = visitor()
    const ask = (address: string) => curious.ask<{ emailAvailable: boolean }>(EMAIL_AVAILABLE, { email: address })
    expect((await ask(email.toUpperCase())).data).toEqual({ emailAvailable: false })
    expect((await ask(newAddress())).data).toEqual({ emailAvailable: true })
    const more = await Promise.all(Array.from({ length: 60 }, () => ask(newAddress())))
    expect(more.flatMap(({ errors }) => errors).map(({ extensions }) => extensions.code)).toEqual([
      'RATE_LIMITED',
      'RATE_LIMITED',
    ])
  })

  it('says of an address that somebody only waits for that it is free', async () => {
    const { next } = await moving()
    expect(await visitor().get(EMAIL_AVAILABLE, { email: next })).toEqual({ emailAvailable: true })
  })
})

describe('after a day', () => {
  it('a token proves nothing any more', async () => {
    const [early, late] = [await somebody(), await moving()]
    const token = await awaitToken(server, early.email, SUBJECTS.welcome)
    offset += 24 * 3_600_000 - 120_000
    expect((await verify(token)).errors).toEqual([])
    offset += 240_000
    expect((await verify(late.token)).errors[0]?.extensions).toMatchObject(deadToken)
  })
})
