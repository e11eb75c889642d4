import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { checkLocale } from '../../src/platform/database/check-locale.js'
import { type Database, openDatabase } from '../../src/platform/database/database.js'
import { databaseProblem } from '../../src/platform/database/database-problem.js'
import { type EmbeddedPostgres, startEmbeddedPostgres } from '../../src/platform/database/embedded-postgres.js'
import { Lifeline } from '../../src/platform/database/lifeline.js'
import { migrateDeploy } from '../../src/platform/database/migrate.js'
import { temporaryFolder } from '../testkit/temporary-folder.js'

describe('a database', () => {
  const dataDir = temporaryFolder()
  let postgres: EmbeddedPostgres
  let database: Database
  let lifeline: Lifeline

  beforeAll(async () => {
    postgres = await startEmbeddedPostgres({ dataDir, fast: true })
    await migrateDeploy(postgres.url)
    database = openDatabase({ url: postgres.url, maxConnections: 4 })
    lifeline = await Lifeline.open(postgres.url)
  })

  afterAll(async () => {
    await lifeline.close()
    await database.close()
    await postgres.stop()
  })

  test('answers in UTC through both doors, whatever the server lives in', async () => {
    await database.pool.query("ALTER ROLE adtime SET TimeZone = 'Asia/Vladivostok'")
    const elsewhere = openDatabase({ url: postgres.url, maxConnections: 1 })
    const moment = new Date('2026-03-01T12:00:00.123Z')
    const { rows } = await elsewhere.pool.query<{ zone: string }>("SELECT current_setting('TimeZone') AS zone")
    const seen = await elsewhere.prisma.$queryRaw`SELECT ${moment}::timestamptz AS moment`
    await elsewhere.close()

    expect(rows).toEqual([{ zone: 'UTC' }])
    expect(seen).toEqual([{ moment }])
  })

  test('has no warning about its locale, unlike one that knows no Cyrillic', async () => {
    await database.pool.query("CREATE DATABASE latin TEMPLATE template0 LC_CTYPE 'C' LOCALE_PROVIDER libc")
    const url = new URL(postgres.url)
    url.pathname = '/latin'
    const latin = openDatabase({ url: url.href, maxConnections: 1 })
    const warning = await checkLocale(latin)
    await latin.close()

    expect(await checkLocale(database)).toBeNull()
    expect(warning).toMatch(/does not fold Cyrillic/)
  })

  test('fails at once while it is down, and works again by itself when it is back', async () => {
    expect(await lifeline.ping()).toBe(true)
    const inFlight = database.pool.query('SELECT pg_sleep(20)').catch((error: Error) => error.message)
    const open = database.prisma.$transaction((tx) => tx.$queryRaw`SELECT pg_sleep(20)::text`).catch(() => 'failed')
    await new Promise((resolve) => setTimeout(resolve, 100))
    await postgres.stop()
    const lostAt = Date.now()

    expect(await inFlight).toMatch(/terminat/)
    expect(await open).toBe('failed')
    expect(await lifeline.ping()).toBe(false)
    await expect(database.prisma.user.count()).rejects.toMatchObject({ code: 'P1001' })
    expect(Date.now() - lostAt).toBeLessThan(1_000)

    postgres = await startEmbeddedPostgres({ dataDir, fast: true })
    await expect.poll(() => lifeline.ping()).toBe(true)
    expect(await database.prisma.user.count()).toBe(0)
  })

  test('answers on its lifeline while every other connection is busy', async () => {
    const busy = Array.from({ length: 4 }, () => database.pool.query('SELECT pg_sleep(1.5)'))

    expect(await lifeline.ping()).toBe(true)
    await Promise.all(busy)
  })

  test('says within a second that it is silent, and is asked on another line next time', async () => {
    const { rows } = await database.pool.query<{ pid: number }>(
      "SELECT pid FROM pg_stat_activity WHERE application_name = 'adtime lifeline'",
    )
    process.kill(rows[0]?.pid ?? 0, 'SIGSTOP')
    const askedAt = Date.now()
    const silent = await lifeline.ping()
    const took = Date.now() - askedAt
    await expect.poll(() => lifeline.ping()).toBe(true)
    process.kill(rows[0]?.pid ?? 0, 'SIGCONT')

    expect(silent).toBe(false)
    expect(took).toBeLessThan(1_500)
  })

  test('makes a query wait for a free connection no longer than eight seconds', async () => {
    const busy = Array.from({ length: 4 }, () => database.pool.query('SELECT pg_sleep(9)'))
    const askedAt = Date.now()

    await expect(database.pool.query('SELECT 1')).rejects.toThrow(/timeout/)
    expect(Date.now() - askedAt).toBeLessThan(8_900)
    await Promise.all(busy)
  })
})

describe('what is wrong with a database, for a person', () => {
  const url = 'postgresql://ad:secret@db.example:5433/shop'
  const coded = (code: string) => Object.assign(new Error('raw'), { code })

  test.each([
    ['no URL at all', 'localhost', coded('X'), 'DATABASE_URL is not a URL.'],
    [
      'nobody listening',
      url,
      new AggregateError([coded('ECONNREFUSED')]),
      'PostgreSQL does not answer at db.example:5433.',
    ],
    ['an unknown host', url, coded('ENOTFOUND'), 'The host of DATABASE_URL, db.example:5433, was not found.'],
    ['a wrong password', url, coded('28P01'), 'PostgreSQL at db.example:5433 refused the user "ad".'],
    ['a missing database', url, coded('3D000'), 'has no database "shop".'],
    ['no answer', url, new Error('timeout expired'), 'PostgreSQL does not answer at db.example:5433.'],
    ['another error', url, coded('XX000'), 'The database "shop" at db.example:5433 cannot be used: raw'],
  ])('%s is told in one sentence without the password', (_, tried, error, sentence) => {
    expect(databaseProblem(tried, error)).toContain(sentence)
    expect(databaseProblem(tried, error)).not.toContain('secret')
  })
})
