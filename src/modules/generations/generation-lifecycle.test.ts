import { describe, expect, test } from 'vitest'
import { GenerationStatus } from '../../generated/prisma/enums.js'
import { canBecome, isFinal } from './generation-lifecycle.js'

const allowed = [
  'PENDING PROCESSING',
  'PENDING CANCELLED',
  'PROCESSING COMPLETED',
  'PROCESSING FAILED',
  'PROCESSING CANCELLED',
]
const statuses = Object.values(GenerationStatus)
const pairs = statuses.flatMap((from) => statuses.map((to) => [from, to] as const))

describe('a generation', () => {
  test.each(pairs)('that is %s, becoming %s', (from, to) => {
    expect(canBecome(from, to)).toBe(allowed.includes(`${from} ${to}`))
  })

  test.each(statuses)('that is %s is final when nothing follows', (status) => {
    expect(isFinal(status)).toBe(['COMPLETED', 'FAILED', 'CANCELLED'].includes(status))
  })
})
