import { generate } from 'otplib'
import { afterAll, expect, it } from 'vitest'
import { createTestDatabase } from '../../../../test/testkit/database.js'
import { newId } from '../../../kernel/ids.js'
import { openDatabase } from '../../../platform/database/database.js'
import { inTransaction } from '../../../platform/database/transaction.js'
import { newSecret, secretHash } from '../../../platform/secrets/one-time-secret.js'
import { SealedBox } from '../../../platform/secrets/sealed-box.js'
import { pruneChallenges } from './challenge-pruning.job.js'
import { newTotpSecret } from './one-time-password.js'
import { RecoveryCodes } from './recovery-codes.js'
import { SecondFactorCodes, secretLabel } from './second-factor-codes.js'

const CONNECTIONS = 10
const database = openDatabase({ url: (await createTestDatabase()).url, maxConnections: CONNECTIONS })
afterAll(() => database.close())

const now = new Date('2026-03-01T12:00:00Z')
const box = new SealedBox(new Map([[1, new Uint8Array(32)]]))
const recovery = new RecoveryCodes(new Uint8Array(32))
const codes = new SecondFactorCodes(box, recovery)

async function holder(confirmedAt: Date | null = now) {
  const id = newId()
  const totp = newTotpSecret()
  const secret = box.seal(secretLabel(id), totp)
  await database.prisma.user.create({
    data: {
      id,
      displayName: 'Anna',
      createdAt: now,
      secondFactor: { create: { secret, confirmedAt, createdAt: now } },
    },
  })
  return { id, code: await generate({ secret: totp, epoch: now.getTime() / 1_000 }) }
}

const take = (userId: string, code: string) => inTransaction(database, (tx) => codes.take(tx, userId, code, now))

/** How many of fifty that begin before any of them ends take the code. */
async function takenByFifty(userId: string, code: string): Promise<number> {
  const connected = Array.from({ length: CONNECTIONS }, () => database.pool.query('select pg_sleep(0.05)'))
  await Promise.all(connected)
  const taken = await Promise.all(Array.from({ length: 50 }, () => take(userId, code)))
  return taken.filter(Boolean).length
}

// Behind the limits, which let no more than twenty through to here.
it('fifty at once take a code of the app once', async () => {
  const { id, code } = await holder()
  expect(await takenByFifty(id, code)).toBe(1)
})

it('fifty at once take a recovery code once', async () => {
  const { id } = await holder()
  const [code = ''] = await inTransaction(database, (tx) => recovery.replace(tx, id))
  expect(await takenByFifty(id, code)).toBe(1)
})

it('a factor that is not confirmed has no codes', async () => {
  const { id, code } = await holder(null)
  expect(await take(id, code)).toBe(false)
})

it('a recovery code of one account is none of another, though both have the key', async () => {
  const [anna, boris] = [await holder(), await holder()]
  const [code = ''] = await inTransaction(database, (tx) => recovery.replace(tx, anna.id))
  expect(await take(boris.id, code)).toBe(false)
  const { codeHash } = await database.prisma.recoveryCode.findFirstOrThrow({ where: { userId: anna.id } })
  await database.prisma.recoveryCode.update({
    where: { userId_codeHash: { userId: anna.id, codeHash } },
    data: { userId: boris.id },
  })
  expect(await take(boris.id, code)).toBe(false)
})

it('challenges are dropped when they have expired', async () => {
  const { id } = await holder()
  const waiting = (seconds: number) => ({
    tokenHash: secretHash(newSecret()),
    userId: id,
    createdAt: now,
    expiresAt: new Date(now.getTime() + seconds * 1_000),
  })
  await database.prisma.signInChallenge.createMany({ data: [waiting(-1), waiting(0), waiting(1)] })
  await pruneChallenges(database, { now: () => now })(undefined as never, undefined as never)
  expect(await database.prisma.signInChallenge.count()).toBe(2)
})
