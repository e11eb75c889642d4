import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { SignedInViewer } from '../../kernel/viewer.js'
import { type SessionOver, SocketSessions } from './socket-sessions.js'

const start = new Date('2026-03-01T12:00:00Z').getTime()
const inSeconds = (seconds: number) => new Date(start + seconds * 1_000)
let skew = 0
const clock = { now: () => new Date(Date.now() + skew) }

const viewer: SignedInViewer = {
  kind: 'user',
  userId: 'anna',
  sessionId: 'phone',
  role: 'USER',
  isGuest: false,
  isMachine: false,
  needsSecondFactor: false,
  factoryId: null,
}
const laptop = { ...viewer, sessionId: 'laptop' }

let closed: number[]
let stopped: number
let over: (how: SessionOver) => void
let settled: () => Promise<void> | null
let sessions: SocketSessions
const watch = vi.fn()

beforeEach(() => {
  vi.useFakeTimers({ now: start })
  skew = 0
  closed = []
  stopped = 0
  settled = async () => undefined
  watch.mockReset().mockImplementation(async (_: SignedInViewer, onOver: typeof over) => {
    over = onOver
    return { settled: () => settled(), stop: () => void stopped++ }
  })
  sessions = new SocketSessions(watch, clock, (code) => closed.push(code))
})
afterEach(() => {
  sessions.leave()
  expect(vi.getTimerCount()).toBe(0)
  vi.useRealTimers()
})

describe('the access token of a socket', () => {
  it('closes it with 4401 in the moment it expires', async () => {
    await sessions.join({ viewer, expiresAt: inSeconds(1_800) })
    await vi.advanceTimersByTimeAsync(1_799_999)
    expect(closed).toEqual([])
    await vi.advanceTimersByTimeAsync(1)
    expect(closed).toEqual([4401])
    expect(stopped).toBe(1)
    expect(await sessions.mayHear()).toBe(false)
  })

  it('is followed by a newer one of the same session that came with a message, and not by an older', async () => {
    await sessions.join({ viewer, expiresAt: inSeconds(10) })
    await sessions.join({ viewer, expiresAt: inSeconds(100) })
    await sessions.join({ viewer, expiresAt: inSeconds(50) })
    expect(watch).toHaveBeenCalledOnce()
    await vi.advanceTimersByTimeAsync(99_999)
    expect(closed).toEqual([])
    await vi.advanceTimersByTimeAsync(1)
    expect(closed).toEqual([4401])
  })

  it('of another session does not prolong it', async () => {
    await sessions.join({ viewer, expiresAt: inSeconds(10) })
    await sessions.join({ viewer: laptop, expiresAt: inSeconds(100) })
    await vi.advanceTimersByTimeAsync(10_000)
    expect(closed).toEqual([4401])
  })

  it('may be one that does not expire', async () => {
    await sessions.join({ viewer, expiresAt: null })
    await vi.advanceTimersByTimeAsync(86_400_000)
    expect(await sessions.mayHear()).toBe(true)
  })

  it('expires by the clock, however that is set', async () => {
    await sessions.join({ viewer, expiresAt: inSeconds(1_800) })
    skew = -600_000
    await vi.advanceTimersByTimeAsync(2_399_999)
    expect(closed).toEqual([])
    skew = 0
    await vi.advanceTimersByTimeAsync(30_000)
    expect(closed).toEqual([4401])
  })

  it('lets nothing through that comes after it, even when no timer has noticed yet', async () => {
    await sessions.join({ viewer, expiresAt: inSeconds(1_800) })
    skew = 1_800_000
    expect(await sessions.mayHear()).toBe(false)
    expect(closed).toEqual([4401])
  })
})

describe('the sessions of a socket', () => {
  it.each([
    ['ended', 4403],
    ['changed', 4401],
  ] as const)('close it when one is %s, once', async (how, code) => {
    await sessions.join({ viewer, expiresAt: inSeconds(1_800) })
    over(how)
    over('ended')
    await sessions.join({ viewer: laptop, expiresAt: inSeconds(1_800) })
    expect(closed).toEqual([code])
    expect(watch).toHaveBeenCalledOnce()
  })

  it('hold back what is to be sent until what was heard of them has been looked at', async () => {
    await sessions.join({ viewer, expiresAt: null })
    let looked = () => {}
    settled = () =>
      new Promise((resolve) => {
        looked = resolve
      })
    let answer: boolean | null = null
    const asked = Promise.resolve(sessions.mayHear()).then((may) => {
      answer = may
    })
    await vi.advanceTimersByTimeAsync(5_000)
    expect(answer).toBeNull()
    over('changed')
    looked()
    await asked
    expect(answer).toBe(false)
  })

  it('hold nothing back when nothing is being found out', async () => {
    settled = () => null
    await sessions.join({ viewer, expiresAt: inSeconds(60) })
    expect(sessions.mayHear()).toBe(true)
    over('ended')
    expect(sessions.mayHear()).toBe(false)
  })

  it('are watched anew by the next operation when that failed', async () => {
    watch.mockRejectedValueOnce(new Error('no database'))
    await expect(sessions.join({ viewer, expiresAt: inSeconds(1_800) })).rejects.toThrow('no database')
    expect(vi.getTimerCount()).toBe(0)
    await sessions.join({ viewer, expiresAt: inSeconds(1_800) })
    over('ended')
    expect(closed).toEqual([4403])
  })
})
