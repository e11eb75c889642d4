import { describe, expect, it } from 'vitest'
import { PngPress } from './png-press.js'

const FLAT =
  '<svg xmlns="http://www.w3.org/2000/svg" width="8" height="8"><rect width="8" height="8" fill="red"/></svg>'

describe('the press', () => {
  it('serves all who wait, in fewer threads than they are', async () => {
    const press = new PngPress({ atOnce: 1, timeLimit: 30_000 })
    const drawings = await Promise.all(Array.from({ length: 4 }, () => press.print(FLAT, {})))
    expect(drawings.every((png) => png[1] === 0x50)).toBe(true)
  })

  it('a broken drawing is refused, and the next one is printed', async () => {
    const press = new PngPress({ atOnce: 1, timeLimit: 30_000 })
    await expect(press.print('<svg', {})).rejects.toThrow(/parse|SVG/i)
    expect((await press.print(FLAT, {})).byteLength).toBeGreaterThan(50)
  })

  it('a drawing that takes too long is given up, and the next one is printed', async () => {
    const limits = { atOnce: 1, timeLimit: 1 }
    const press = new PngPress(limits)
    await expect(press.print(FLAT, {})).rejects.toThrow('longer than 1 ms')
    limits.timeLimit = 30_000
    expect((await press.print(FLAT, {})).byteLength).toBeGreaterThan(50)
  })
})
