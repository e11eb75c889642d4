import { describe, expect, it, test } from 'vitest'
import { ProductionStage } from '../../generated/prisma/enums.js'
import { mayAdvance } from './production-stage.js'

const allowed = new Set([
  'QUEUED IN_PROGRESS',
  'IN_PROGRESS QUALITY_CHECK',
  'QUALITY_CHECK READY',
  'QUEUED FAILED',
  'IN_PROGRESS FAILED',
  'QUALITY_CHECK FAILED',
  'READY FAILED',
])
const stages = Object.values(ProductionStage)

describe.each(stages)('from %s', (from) => {
  test.each(stages)(`to %s`, (to) => {
    expect(mayAdvance(from, to)).toBe(allowed.has(`${from} ${to}`))
  })
})

it('goes nowhere before a factory has the order', () => {
  for (const stage of stages) expect(mayAdvance(null, stage)).toBe(false)
})
