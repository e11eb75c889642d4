import { describe, expect, it } from 'vitest'
import { TestClient } from '../../testkit/client.js'
import { RawSocket } from '../../testkit/raw-socket.js'
import { startTestServer } from '../../testkit/server.js'
import { CHANGE_PASSWORD, LOGIN, ME, PASSWORD, type Payload, REQUEST_RESET, RESET_PASSWORD } from './operations.js'
import { awaitLetter, awaitToken, messagesTo, SUBJECTS } from './outbox.js'
import { newAddress, registerSomebody } from './people.js'

let offset = 0
const clock = { now: () => new Date(Date.now() + offset) }
const server = await startTestServer({ clock })
const { prisma } = server.platform.database
const NEW = 'Another-secret-2'
const visitor = () => new TestClient(server)
const askFor = (email: string, client = visitor()) => client.ask(REQUEST_RESET, { email })
const reset = (token: string, password = NEW, client = visitor()) => client.ask(RESET_PASSWORD, { token, password })
const login = (email: string, password: string) => visitor().codeOf(LOGIN, { input: { email, password } })
const deadToken = {
  code: 'BAD_USER_INPUT',
  fields: [{ path: 'token', message: 'is unknown, expired or already used: ask for another letter' }],
}

/** Somebody who has forgotten their password, with the token that they were sent. */
async function forgetful() {
  const email = newAddress()
  const { user, token: signedIn } = await registerSomebody(server, email)
  await askFor(email)
  return { email, id: user.id, signedIn, token: await awaitToken(server, email, SUBJECTS.reset) }
}

describe('a forgotten password', () => {
  it('is replaced with the token of a letter, in whatever case the address was typed', async () => {
    const email = newAddress()
    await registerSomebody(server, email)
    expect((await askFor(` ${email.toUpperCase()}`)).data).toEqual({ requestPasswordReset: true })
    const letter = await awaitLetter(server, email, SUBJECTS.reset)
    expect(letter.text).toContain(`${server.platform.config.publicUrl}/account/reset-password?token=`)
    expect((await reset(await awaitToken(server, email, SUBJECTS.reset))).data).toEqual({ resetPassword: true })
    expect([await login(email, PASSWORD), await login(email, NEW)]).toEqual(['UNAUTHENTICATED', 'ok'])
    await awaitLetter(server, email, 'Задан новый пароль')
  })

  it('ends all sessions and their sockets, and proves the address', async () => {
    const { id, signedIn, token } = await forgetful()
    const socket = await RawSocket.connect(server.url, signedIn.accessToken)
    await reset(token)
    expect(await new TestClient(server, signedIn.accessToken).codeOf(ME)).toBe('UNAUTHENTICATED')
    expect(await socket.closed).toBe(4403)
    expect((await prisma.user.findUniqueOrThrow({ where: { id } })).emailVerifiedAt).not.toBeNull()
  })

  it('can be the first that an account gets', async () => {
    const { email, id, token } = await forgetful()
    await prisma.credential.delete({ where: { userId: id } })
    expect((await reset(token)).errors).toEqual([])
    expect(await login(email, NEW)).toBe('ok')
  })

  it('leaves the second factor on', async () => {
    const { email, id, token } = await forgetful()
    const now = clock.now()
    await prisma.secondFactor.create({
      data: { userId: id, secret: new Uint8Array(40), confirmedAt: now, createdAt: now },
    })
    await reset(token)
    const { login: answer } = await visitor().get<{ login: Payload }>(LOGIN, { input: { email, password: NEW } })
    expect(answer).toMatchObject({ requires2fa: true, token: null })
  })
})

describe('a token to set a password', () => {
  it('is good once', async () => {
    const { email, token } = await forgetful()
    await reset(token)
    expect((await reset(token, 'And-another-3')).errors[0]?.extensions).toMatchObject(deadToken)
    expect(await login(email, NEW)).toBe('ok')
  })

  it('used fifty times at once is used once', { timeout: 60_000 }, async () => {
    const { email, token } = await forgetful()
    const wanted = Array.from({ length: 50 }, (_, index) => `Parallel-${index}`)
    const answers = await Promise.all(wanted.map((password) => reset(token, password)))
    const winners = wanted.filter((_, index) => answers[index]?.errors.length === 0)
    expect(winners).toHaveLength(1)
    for (const { errors } of answers.filter(({ errors }) => errors.length > 0))
      expect(errors[0]?.extensions).toMatchObject(deadToken)
    expect(await login(email, winners[0] ?? '')).toBe('ok')
  })

  it('is not used up by a password that is refused', async () => {
    const { token } = await forgetful()
    expect((await reset(token, 'Password1!')).errors[0]?.extensions.fields).toEqual([
      { path: 'password', message: 'must not be one of the most common passwords' },
    ])
    expect((await reset(token)).errors).toEqual([])
  })

  it('dies with the ones before it when one is used', async () => {
    const { email, token: first } = await forgetful()
    await askFor(email)
    const second = await awaitToken(server, email, SUBJECTS.reset, first)
    await reset(second)
    expect((await reset(first)).errors[0]?.extensions).toMatchObject(deadToken)
  })

  it('dies when the password is changed', async () => {
    const { signedIn, token } = await forgetful()
    const client = new TestClient(server, signedIn.accessToken)
    await client.get(CHANGE_PASSWORD, { current: PASSWORD, password: NEW })
    expect((await reset(token)).errors[0]?.extensions).toMatchObject(deadToken)
  })

  it('is refused for a blocked account the same as a wrong one, and is good again when the block is lifted', async () => {
    const { id, token } = await forgetful()
    await prisma.user.update({ where: { id }, data: { blockedAt: clock.now() } })
    expect((await reset(token)).errors[0]?.extensions).toMatchObject(deadToken)
    await prisma.user.update({ where: { id }, data: { blockedAt: null } })
    expect((await reset(token)).errors).toEqual([])
  })

  it.each(['', 'x', 'a'.repeat(43), '\0', "' or true --"])('is not %j', async (token) => {
    expect((await reset(token)).errors[0]?.extensions).toMatchObject(deadToken)
  })

  it('cannot be the token that proves an address', async () => {
    const email = newAddress()
    await registerSomebody(server, email)
    const proof = await awaitToken(server, email, SUBJECTS.welcome)
    expect((await reset(proof)).errors[0]?.extensions).toMatchObject(deadToken)
  })

  it('is guessed at twenty times a minute from one address', async () => {
    const guesser = visitor()
    const codes = []
    for (let tries = 0; tries < 22; tries++)
      codes.push((await reset(`guess-${tries}`, NEW, guesser)).errors[0]?.extensions.code)
    expect(codes).toEqual([...Array<string>(20).fill('BAD_USER_INPUT'), 'RATE_LIMITED', 'RATE_LIMITED'])
  })

  it('is good for an hour', async () => {
    const [early, late] = [await forgetful(), await forgetful()]
    offset += 59 * 60_000
    expect((await reset(early.token)).errors).toEqual([])
    offset += 2 * 60_000
    expect((await reset(late.token)).errors[0]?.extensions).toMatchObject(deadToken)
  })
})

describe('asking for a letter', () => {
  it('answers the same whether or not the address has an account: only the job finds out', async () => {
    const [known, unknown] = [newAddress(), newAddress()]
    await registerSomebody(server, known)
    const run = async () => {
      const metrics = await (await fetch(`${server.url}/metrics`)).text()
      return Number(/job="auth\.reset-letter",outcome="done"[^}]*} (\d+)/.exec(metrics)?.[1])
    }
    const before = await run()
    expect(await askFor(known)).toEqual(await askFor(unknown))
    await expect.poll(run).toBe(before + 2)
    await awaitLetter(server, known, SUBJECTS.reset)
    expect(await messagesTo(server, unknown)).toEqual([])
  })

  it('sends none to a blocked account', async () => {
    const [email, other] = [newAddress(), newAddress()]
    const { user } = await registerSomebody(server, email)
    await registerSomebody(server, other)
    await prisma.user.update({ where: { id: user.id }, data: { blockedAt: clock.now() } })
    await askFor(email)
    await askFor(other)
    await awaitLetter(server, other, SUBJECTS.reset)
    await expect
      .poll(() => prisma.$queryRaw`select count(*)::int as n from graphile_worker._private_jobs where attempts = 0`)
      .toEqual([{ n: 0 }])
    expect(await prisma.emailToken.count({ where: { email, purpose: 'RESET_PASSWORD' } })).toBe(0)
  })

  it('is done five times an hour for one address, known or not, from wherever', async () => {
    const known = newAddress()
    await registerSomebody(server, known)
    for (const email of [known, newAddress()]) {
      const answers = await Promise.all(Array.from({ length: 8 }, () => askFor(email)))
      expect(answers.flatMap(({ errors }) => errors).map(({ extensions }) => extensions.code)).toEqual(
        Array(3).fill('RATE_LIMITED'),
      )
    }
  })

  it('is done five times an hour from one address of the network', async () => {
    const client = visitor()
    const answers = await Promise.all(Array.from({ length: 8 }, () => askFor(newAddress(), client)))
    expect(answers.flatMap(({ errors }) => errors)).toHaveLength(3)
  })

  it('names an address that is none', async () => {
    expect((await askFor('not an address')).errors[0]?.extensions.fields?.map(({ path }) => path)).toEqual(['email'])
  })
})
