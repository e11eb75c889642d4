import { v7 } from 'uuid'
import { expect, it } from 'vitest'
import { nextLineId } from './ledger-line-id.js'

it('the next line sorts after the previous one, also after one from a clock ahead of ours', () => {
  for (const ahead of [0, 1, 60_000]) {
    const previous = v7({ msecs: Date.now() + ahead })
    const next = nextLineId(previous)
    expect(next > previous).toBe(true)
    expect(nextLineId(next) > next).toBe(true)
  }
})
