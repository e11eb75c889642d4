import { describe, expect, it } from 'vitest'
import { secretHash } from '../../../src/platform/secrets/one-time-secret.js'
import { TestClient } from '../../testkit/client.js'
import { startTestServer } from '../../testkit/server.js'
import { LOGIN, ME, PASSWORD, type Payload } from './operations.js'
import { refresh } from './people.js'
import {
  COMPLETE,
  challengeOf,
  complete,
  type Holder,
  openChallenges,
  openHolder,
  StandingClock,
  wrongCode,
} from './second-factors.js'

const clock = new StandingClock()
const server = await startTestServer({ clock })
const replica = await startTestServer({ clock, databaseUrl: server.databaseUrl })
const { prisma } = server.platform.database

/** The first error's code, or 'ok'. */
const outcome = async (challenge: string, code: string, at = server) =>
  (await complete(at, challenge, code)).errors[0]?.extensions.code ?? 'ok'
const count = (outcomes: readonly string[], wanted: string) => outcomes.filter((one) => one === wanted).length
const sessionsOf = ({ id }: Holder) => prisma.session.count({ where: { userId: id } })

/** One more sign-in of theirs that waits for its code. */
const challenged = async (holder: Holder) => (await openChallenges(server, holder.id, 1, clock))[0] ?? ''

describe('a sign-in of an account with a second factor', () => {
  it('gets a challenge instead of a session, and a session for the challenge and a code', async () => {
    const holder = await openHolder(server, clock)
    const visitor = new TestClient(server)
    const { login } = await visitor.get<{ login: Payload }>(LOGIN, {
      input: { email: holder.email, password: PASSWORD },
    })
    expect(login).toMatchObject({ user: null, token: null, requires2fa: true, challenge: expect.any(String) })
    expect(await sessionsOf(holder)).toBe(1)
    const code = await holder.code(1)
    const spaced = `${code.slice(0, 3)} ${code.slice(3)} `
    const { data } = await complete(server, login.challenge ?? '', spaced)
    const payload = data?.completeTwoFactorLogin
    expect(payload).toMatchObject({
      user: { id: holder.id, twoFactorEnabled: true },
      requires2fa: false,
      challenge: null,
    })
    expect(await new TestClient(server, payload?.token.accessToken).get(ME)).toMatchObject({ me: { id: holder.id } })
    expect((await refresh(server, payload?.token.refreshToken ?? '')).errors).toEqual([])
    expect(await sessionsOf(holder)).toBe(2)
  })

  it('takes its challenge once', async () => {
    const holder = await openHolder(server, clock)
    const challenge = await challenged(holder)
    expect(await outcome(challenge, await holder.code(1))).toBe('ok')
    expect(await outcome(challenge, holder.recoveryCodes[0] ?? '')).toBe('UNAUTHENTICATED')
    // What failed for the challenge did not cost the code.
    expect(await outcome(await challenged(holder), holder.recoveryCodes[0] ?? '')).toBe('ok')
  })

  it('takes its challenge once, when two good codes come for it at once', async () => {
    const holder = await openHolder(server, clock)
    const challenge = await challenged(holder)
    const outcomes = await Promise.all(
      [await holder.code(1), ...holder.recoveryCodes.slice(0, 3)].map((code) => outcome(challenge, code)),
    )
    expect(count(outcomes, 'ok')).toBe(1)
    expect(await sessionsOf(holder)).toBe(2)
    const used = await prisma.recoveryCode.count({ where: { userId: holder.id, usedAt: { not: null } } })
    expect(used).toBeLessThanOrEqual(1)
  })

  it('waits five minutes', async () => {
    const holder = await openHolder(server, clock)
    const [early, late] = [await challengeOf(server, holder.email), await challengeOf(server, holder.email)]
    clock.pass(5 * 60_000 - 1)
    expect(await outcome(early, await holder.code())).toBe('ok')
    clock.pass(1)
    expect(await outcome(late, await holder.code(1))).toBe('UNAUTHENTICATED')
    expect(await outcome(await challenged(holder), await holder.code(1))).toBe('ok')
  })

  it('cannot be completed with the codes of another account', async () => {
    const [anna, boris] = [await openHolder(server, clock), await openHolder(server, clock)]
    const challenge = await challenged(anna)
    expect(await outcome(challenge, await boris.code(1))).toBe('UNAUTHENTICATED')
    expect(await outcome(challenge, boris.recoveryCodes[0] ?? '')).toBe('UNAUTHENTICATED')
    expect(await sessionsOf(anna)).toBe(1)
    expect(await outcome(challenge, await anna.code(1))).toBe('ok')
  })

  it('cannot be completed by a blocked account, which learns so only by the right code', async () => {
    const holder = await openHolder(server, clock)
    const challenge = await challenged(holder)
    await prisma.user.update({ where: { id: holder.id }, data: { blockedAt: clock.now() } })
    expect(await outcome(challenge, await wrongCode(holder.secret, clock))).toBe('UNAUTHENTICATED')
    expect(await outcome(challenge, await holder.code(1))).toBe('FORBIDDEN')
    expect(await sessionsOf(holder)).toBe(1)
  })

  it('is known by the hash of its challenge alone', async () => {
    const holder = await openHolder(server, clock)
    const challenge = await challengeOf(server, holder.email)
    const [row] = await prisma.signInChallenge.findMany({ where: { userId: holder.id } })
    expect(Buffer.from(row?.tokenHash ?? []).equals(Buffer.from(secretHash(challenge)))).toBe(true)
  })
})

describe('a code', () => {
  it('works once, in fifty sign-ins at once on two servers', async () => {
    const holder = await openHolder(server, clock)
    const code = await holder.code(1)
    const challenges = await openChallenges(server, holder.id, 50, clock)
    const outcomes = await Promise.all(
      challenges.map((challenge, at) => outcome(challenge, code, at % 2 === 0 ? server : replica)),
    )
    expect(count(outcomes, 'ok')).toBe(1)
    expect(count(outcomes, 'UNAUTHENTICATED')).toBeGreaterThan(10)
    expect(count(outcomes, 'ok') + count(outcomes, 'UNAUTHENTICATED') + count(outcomes, 'RATE_LIMITED')).toBe(50)
    expect(await sessionsOf(holder)).toBe(2)
  })

  it('of recovery works once, in fifty sign-ins at once on two servers', async () => {
    const holder = await openHolder(server, clock)
    const [code = ''] = holder.recoveryCodes
    const challenges = await openChallenges(server, holder.id, 50, clock)
    const outcomes = await Promise.all(
      challenges.map((challenge, at) => outcome(challenge, code, at % 2 === 0 ? server : replica)),
    )
    expect(count(outcomes, 'ok')).toBe(1)
    expect(await sessionsOf(holder)).toBe(2)
    const left = { where: { userId: holder.id, usedAt: null } }
    expect(await prisma.recoveryCode.count(left)).toBe(9)
  })

  it('that was used is refused while the app still shows it, and so is every older one', async () => {
    const holder = await openHolder(server, clock)
    clock.passCodes()
    const [older, code] = [await holder.code(-1), await holder.code()]
    expect(await outcome(await challenged(holder), code)).toBe('ok')
    expect(await outcome(await challenged(holder), code)).toBe('UNAUTHENTICATED')
    expect(await outcome(await challenged(holder), older)).toBe('UNAUTHENTICATED')
    expect(await outcome(await challenged(holder), await holder.code(1))).toBe('ok')
  })

  it('that confirmed the factor does not sign in', async () => {
    const holder = await openHolder(server, clock)
    expect(await outcome(await challenged(holder), await holder.code())).toBe('UNAUTHENTICATED')
  })

  it('of recovery is taken in any case of letters, with and without its hyphen and spaces', async () => {
    const holder = await openHolder(server, clock)
    const [first = '', second = '', third = ''] = holder.recoveryCodes
    for (const code of [first.toLowerCase(), second.replace('-', ''), ` ${third.replace('-', ' - ')}`])
      expect(await outcome(await challenged(holder), code)).toBe('ok')
  })

  it('of recovery that was used does not open the door again', async () => {
    const holder = await openHolder(server, clock)
    const [code = ''] = holder.recoveryCodes
    expect(await outcome(await challenged(holder), code)).toBe('ok')
    expect(await outcome(await challenged(holder), code)).toBe('UNAUTHENTICATED')
  })

  it('that came while the clock was set back is refused, without a fault', async () => {
    const holder = await openHolder(server, clock)
    clock.passCodes()
    const code = await holder.code()
    expect(await outcome(await challenged(holder), code)).toBe('ok')
    clock.pass(-120_000)
    expect(await outcome(await challenged(holder), await holder.code())).toBe('UNAUTHENTICATED')
    clock.pass(120_000)
  })
})

describe('guessing', () => {
  it('at one challenge ends after five codes, and then not even the right one helps', async () => {
    const holder = await openHolder(server, clock)
    const challenge = await challenged(holder)
    const wrong = await wrongCode(holder.secret, clock)
    for (let tries = 0; tries < 5; tries++) expect(await outcome(challenge, wrong)).toBe('UNAUTHENTICATED')
    expect(await outcome(challenge, await holder.code(1))).toBe('UNAUTHENTICATED')
    expect(await outcome(await challenged(holder), await holder.code(1))).toBe('ok')
  })

  it('fifty at once at one challenge is judged five times', async () => {
    const holder = await openHolder(server, clock)
    const challenge = await challenged(holder)
    const wrong = await wrongCode(holder.secret, clock)
    const outcomes = await Promise.all(Array.from({ length: 50 }, () => outcome(challenge, wrong)))
    expect(count(outcomes, 'UNAUTHENTICATED')).toBe(50)
    const row = await prisma.signInChallenge.findUniqueOrThrow({ where: { tokenHash: secretHash(challenge) } })
    expect(row.attempts).toBe(5)
    // Each judged guess took one of the account's twenty; fifteen are left.
    const more = await openChallenges(server, holder.id, 16, clock)
    const then = await Promise.all(more.map((one) => outcome(one, wrong)))
    expect([count(then, 'UNAUTHENTICATED'), count(then, 'RATE_LIMITED')]).toEqual([15, 1])
  })

  it('at one account ends after twenty codes in an hour, from wherever, at whichever challenges', async () => {
    const holder = await openHolder(server, clock)
    const wrong = await wrongCode(holder.secret, clock)
    const challenges = await openChallenges(server, holder.id, 50, clock)
    const outcomes = await Promise.all(challenges.map((challenge) => outcome(challenge, wrong)))
    expect([count(outcomes, 'UNAUTHENTICATED'), count(outcomes, 'RATE_LIMITED')]).toEqual([20, 30])
    const { errors } = await complete(server, await challenged(holder), await holder.code(1))
    expect(errors[0]?.extensions).toMatchObject({ code: 'RATE_LIMITED', retryAfter: expect.any(Number) })
  })

  it('from one address ends after twenty codes in an hour, at whichever accounts', async () => {
    const visitor = new TestClient(server)
    const holders = await Promise.all(Array.from({ length: 5 }, () => openHolder(server, clock)))
    const outcomes = await Promise.all(
      holders.flatMap(async (holder) => {
        const wrong = await wrongCode(holder.secret, clock)
        const challenges = await openChallenges(server, holder.id, 5, clock)
        return Promise.all(challenges.map((challenge) => visitor.codeOf(COMPLETE, { challenge, code: wrong })))
      }),
    )
    expect([count(outcomes.flat(), 'UNAUTHENTICATED'), count(outcomes.flat(), 'RATE_LIMITED')]).toEqual([20, 5])
  })

  it('takes nothing of the limit by being right', async () => {
    const holder = await openHolder(server, clock)
    const wrong = await wrongCode(holder.secret, clock)
    for (const code of holder.recoveryCodes) expect(await outcome(await challenged(holder), code)).toBe('ok')
    const challenges = await openChallenges(server, holder.id, 20, clock)
    const outcomes = await Promise.all(challenges.map((challenge) => outcome(challenge, wrong)))
    expect(count(outcomes, 'UNAUTHENTICATED')).toBe(20)
  })

  it('learns nothing: whatever is wrong with a code or a challenge, the answer is the same', async () => {
    const holder = await openHolder(server, clock)
    const [used = '', fresh = ''] = holder.recoveryCodes
    const done = await challenged(holder)
    await complete(server, done, used)
    const answers = await Promise.all(
      (
        [
          [await challenged(holder), await wrongCode(holder.secret, clock)],
          [await challenged(holder), await holder.code()],
          [await challenged(holder), used],
          [await challenged(holder), 'AAAAA-AAAAA'],
          [await challenged(holder), ''],
          [await challenged(holder), 'x'.repeat(10_000)],
          [done, fresh],
          ['', fresh],
          ['unknown', fresh],
        ] as const
      ).map(([challenge, code]) => complete(server, challenge, code)),
    )
    const [first] = answers
    for (const { data, errors } of answers) {
      expect(data).toBeNull()
      expect(errors).toHaveLength(1)
      expect({ ...errors[0], extensions: { ...errors[0]?.extensions, requestId: '' } }).toEqual({
        ...first?.errors[0],
        extensions: { code: 'UNAUTHENTICATED', requestId: '' },
      })
    }
  })
})
