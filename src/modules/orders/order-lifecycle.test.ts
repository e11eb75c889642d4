import { readFileSync } from 'node:fs'
import { describe, expect, it, test } from 'vitest'
import { OrderStatus, ProductionStage } from '../../generated/prisma/enums.js'
import { mayMove, nextStatuses, type OrderActor, transitions } from './order-lifecycle.js'

const statuses = Object.values(OrderStatus)
const actors: readonly OrderActor[] = ['CUSTOMER', 'FACTORY', 'STAFF', 'SYSTEM']

// Written out by hand from the product's rules: the table under test must not be its own proof.
const allowed = new Set([
  'CREATED PAID SYSTEM',
  'CREATED CANCELLED CUSTOMER',
  'CREATED CANCELLED STAFF',
  'CREATED CANCELLED SYSTEM',
  'PAID PRODUCTION STAFF',
  'PAID PRODUCTION SYSTEM',
  'PAID CANCELLED CUSTOMER',
  'PAID CANCELLED STAFF',
  'PAID COMPLETED SYSTEM',
  'PRODUCTION SHIPPED FACTORY',
  'PRODUCTION SHIPPED STAFF',
  'PRODUCTION CANCELLED STAFF',
  'SHIPPED COMPLETED CUSTOMER',
  'SHIPPED COMPLETED STAFF',
  'SHIPPED COMPLETED SYSTEM',
])

describe.each(statuses)('from %s', (from) => {
  const cases = statuses.flatMap((to) =>
    actors.map((actor) => ({ to, actor, may: allowed.has(`${from} ${to} ${actor}`) })),
  )

  test.each(cases)('to $to by $actor: $may', ({ to, actor, may }) => {
    expect(mayMove([actor], { status: from, productionStage: null }, to)).toBe(may)
  })
})

test('the table in the README is this one', () => {
  const rows = transitions.map(({ from, to, by, notAt, when }) => {
    const who = by.map((actor) => actor.toLowerCase()).join(', ')
    return `| ${from} | ${to} | ${who} | ${when}${notAt ? `; not at stage ${notAt}` : ''} |`
  })
  const table = ['| from | to | who | when |', '| --- | --- | --- | --- |', ...rows].join('\n')
  expect(readFileSync(new URL('README.md', import.meta.url), 'utf8')).toContain(`${table}\n\n`)
})

describe('what a customer may do next', () => {
  test.each([
    ['CREATED', ['CANCELLED']],
    ['PAID', ['CANCELLED']],
    ['PRODUCTION', []],
    ['SHIPPED', ['COMPLETED']],
    ['COMPLETED', []],
    ['CANCELLED', []],
  ] as const)('in %s is %j', (status, expected) => {
    expect(nextStatuses(['CUSTOMER'], { status, productionStage: null })).toEqual(expected)
  })
})

it('never leaves COMPLETED or CANCELLED', () => {
  expect(transitions.filter(({ from }) => from === 'COMPLETED' || from === 'CANCELLED')).toEqual([])
})

test.each(Object.values(ProductionStage))(
  'an order at stage %s is shipped unless its print failed',
  (productionStage) => {
    expect(mayMove(['FACTORY'], { status: 'PRODUCTION', productionStage }, 'SHIPPED')).toBe(
      productionStage !== 'FAILED',
    )
  },
)

it('unites what somebody may do who is both customer and staff', () => {
  expect(nextStatuses(['CUSTOMER', 'STAFF'], { status: 'PAID', productionStage: null })).toEqual([
    'PRODUCTION',
    'CANCELLED',
  ])
})

it('allows nothing to those who have no part in the order', () => {
  for (const status of statuses) expect(nextStatuses([], { status, productionStage: null })).toEqual([])
})
