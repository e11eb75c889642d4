import { createPublicKey } from 'node:crypto'
import { beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import type { JwtKeys } from '../../../platform/config/jwt-key-files.js'
import { keyId, makeRsaKey, publicHalf } from '../../../platform/config/rsa-keys.js'
import { createLogger } from '../../../platform/observability/logger.js'
import { KeyRing } from './key-ring.js'

const log = createLogger('silent')
let now = Date.parse('2026-03-01T12:00:00Z')
const clock = { now: () => new Date(now) }
const UNKNOWN = 'x'.repeat(43)

let pems: string[]
let first: JwtKeys
let second: JwtKeys
let stored: JwtKeys
const read = vi.fn()
const idOf = ({ jwtPrivateKey }: JwtKeys) => keyId(createPublicKey(publicHalf(jwtPrivateKey)))

beforeAll(async () => {
  pems = await Promise.all([makeRsaKey(), makeRsaKey()])
  const [one = '', two = ''] = pems
  first = { jwtPrivateKey: one, jwtPreviousKeys: [] }
  second = { jwtPrivateKey: two, jwtPreviousKeys: [publicHalf(one)] }
})
beforeEach(() => {
  stored = first
  read.mockReset().mockImplementation(async () => stored)
})

const ringOf = () => new KeyRing({ ...first, readJwtKeysAgain: read }, clock, log)

describe('keys in files', () => {
  it('are read again when they are used after five seconds, once for all that wait', async () => {
    const ring = ringOf()
    stored = second
    now += 4_999
    expect((await ring.current()).kid).toBe(idOf(first))
    expect(read).not.toHaveBeenCalled()
    now += 1
    const used = await Promise.all([ring.current(), ring.current(), ring.jwks(), ring.publicKey(idOf(second))])
    expect(read).toHaveBeenCalledOnce()
    expect(used[0].kid).toBe(idOf(second))
    expect(used[2].keys.map(({ kid }) => kid)).toEqual([idOf(second), idOf(first)])
    expect(used[3]).toBeDefined()
  })

  it('are read at once for a token that names another, by all that come together once', async () => {
    const ring = ringOf()
    now += 1_000
    stored = second
    const found = await Promise.all(Array.from({ length: 20 }, () => ring.publicKey(idOf(second))))
    expect(found.filter(Boolean)).toHaveLength(20)
    expect(read).toHaveBeenCalledOnce()
  })

  it('are read once a second at most, however many unknown keys are named; a good one waits and is found', async () => {
    const ring = ringOf()
    now += 1_000
    expect(await ring.publicKey(UNKNOWN)).toBeUndefined()
    stored = second
    const began = performance.now()
    const rubbish = Array.from({ length: 50 }, (_, index) => ring.publicKey(`${index}`.padStart(43, 'y')))
    expect(await ring.publicKey(idOf(second))).toBeDefined()
    expect(performance.now() - began).toBeGreaterThan(900)
    expect((await Promise.all(rubbish)).filter(Boolean)).toEqual([])
    expect(read).toHaveBeenCalledTimes(2)
  })

  it('are not read for what cannot be the name of a key', async () => {
    const ring = ringOf()
    for (const kid of [undefined, '', 'other', '../../etc/passwd', `${UNKNOWN}x`])
      expect(await ring.publicKey(kid)).toBeUndefined()
    expect(read).not.toHaveBeenCalled()
  })

  it('stay in use when they cannot be read, and one that is dropped is trusted no more', async () => {
    const ring = ringOf()
    stored = second
    now += 5_000
    await ring.refresh()
    read.mockRejectedValueOnce(new Error('no disk'))
    now += 5_000
    expect((await ring.current()).kid).toBe(idOf(second))
    expect(ring.knows(idOf(first))).toBe(true)
    stored = { ...second, jwtPreviousKeys: [] }
    now += 5_000
    await ring.refresh()
    expect(ring.knows(idOf(first))).toBe(false)
  })

  it('are read also when the clock went back', async () => {
    const ring = ringOf()
    stored = second
    now -= 3_600_000
    expect((await ring.current()).kid).toBe(idOf(second))
  })
})

describe('keys of the environment', () => {
  it('are those it had at the start, the former ones too', async () => {
    const ring = new KeyRing(second, clock, log)
    now += 60_000
    expect((await ring.current()).kid).toBe(idOf(second))
    expect(await ring.publicKey(idOf(first))).toBeDefined()
    expect(await ring.publicKey(UNKNOWN)).toBeUndefined()
  })
})
