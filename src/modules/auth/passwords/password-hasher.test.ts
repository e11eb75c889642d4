import { randomBytes } from 'node:crypto'
import { hash } from '@node-rs/argon2'
import { describe, expect, it } from 'vitest'
import { PasswordHasher } from './password-hasher.js'

const first = randomBytes(32)
const second = randomBytes(32)
const old = new PasswordHasher(new Map([[1, first]]))
const rotated = new PasswordHasher(
  new Map([
    [1, first],
    [2, second],
  ]),
)
const PASSWORD = 'Adtime-demo-1'

describe('a password on record', () => {
  it('matches itself and nothing else', async () => {
    const record = await old.hash(PASSWORD)
    expect(record.passwordHash).toMatch(/^\$argon2id\$/)
    expect(await old.matches(PASSWORD, record)).toBe(true)
    expect(await old.matches('adtime-demo-1', record)).toBe(false)
    expect(old.isOutdated(record)).toBe(false)
  })

  it('is the same however the keyboard composed its letters', async () => {
    expect(await old.matches('Cafe\u0301-2026', await old.hash('Caf\u00e9-2026'))).toBe(true)
  })

  it('matches under the pepper it was made with, and is then outdated', async () => {
    const record = await old.hash(PASSWORD)
    expect(await rotated.matches(PASSWORD, record)).toBe(true)
    expect(rotated.isOutdated(record)).toBe(true)
    expect((await rotated.hash(PASSWORD)).pepperVersion).toBe(2)
  })

  it('is worthless under another pepper', async () => {
    const stolen = await old.hash(PASSWORD)
    expect(await new PasswordHasher(new Map([[1, second]])).matches(PASSWORD, stolen)).toBe(false)
  })

  it('matches nothing without the pepper it was made with, and somebody is told', async () => {
    const record = await rotated.hash(PASSWORD)
    const told: unknown[] = []
    const forgetful = new PasswordHasher(new Map([[1, second]]), { error: (about: unknown) => void told.push(about) })
    expect(await forgetful.matches(PASSWORD, record)).toBe(false)
    expect(told).toEqual([{ pepperVersion: 2 }])
  })

  it('is outdated when it was made at another cost', async () => {
    const cheap = await hash(PASSWORD, { memoryCost: 8_192, timeCost: 1, parallelism: 1 })
    expect(old.isOutdated({ passwordHash: cheap, pepperVersion: 1 })).toBe(true)
  })

  it('that does not exist matches nothing', async () => {
    expect(await old.matches(PASSWORD, null)).toBe(false)
  })
})
