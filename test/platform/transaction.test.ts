import { afterAll, expect, it } from 'vitest'
import { openDatabase } from '../../src/platform/database/database.js'
import { inTransaction } from '../../src/platform/database/transaction.js'
import { createTestDatabase } from '../testkit/database.js'

const database = openDatabase({ url: (await createTestDatabase()).url, maxConnections: 4 })
await database.pool.query(`create table counters (name text primary key, value int not null default 0)`)
await database.pool.query(`insert into counters values ('a'), ('b')`)

afterAll(() => database.close())

it('a transaction of written SQL that loses to a deadlock is done again', async () => {
  let tries = 0
  let meet = () => {}
  const bothHoldOne = new Promise<void>((resolve) => {
    meet = resolve
  })
  const bump = (first: string, second: string) =>
    inTransaction(database, async ({ prisma }) => {
      await prisma.$executeRaw`update counters set value = value + 1 where name = ${first}`
      tries++
      if (tries === 2) meet()
      await bothHoldOne
      await prisma.$executeRaw`update counters set value = value + 1 where name = ${second}`
    })
  await Promise.all([bump('a', 'b'), bump('b', 'a')])
  const { rows } = await database.pool.query('select value from counters')
  expect(rows).toEqual([{ value: 2 }, { value: 2 }])
  expect(tries).toBe(3)
})

it('what was to follow the commit runs once, and not for a try that was undone', async () => {
  const told: number[] = []
  let tries = 0
  await inTransaction(database, async ({ prisma, afterCommit }) => {
    const attempt = ++tries
    afterCommit(() => told.push(attempt))
    if (attempt === 1) await prisma.$executeRaw`do $$ begin raise exception using errcode = '40P01'; end $$`
  })
  expect(told).toEqual([2])
})
