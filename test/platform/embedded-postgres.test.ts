import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import pg from 'pg'
import { describe, expect, test } from 'vitest'

import { startEmbeddedPostgres } from '../../src/platform/database/embedded-postgres.js'
import { runningPostgres } from '../../src/platform/database/running-postgres.js'
import { temporaryFolder } from '../testkit/temporary-folder.js'

describe('the embedded PostgreSQL', () => {
  const dataDir = temporaryFolder()
  const start = () => startEmbeddedPostgres({ dataDir, fast: true })

  test('keeps its data, its password and its port from one start to the next', async () => {
    const first = await start()
    await query(first.url, "CREATE TABLE kept AS SELECT 'баннер' AS word")
    await first.stop()
    const second = await start()
    const rows = await query(second.url, 'SELECT word FROM kept')
    await second.stop()

    expect(rows).toEqual([{ word: 'баннер' }])
    expect(second.url).toBe(first.url)
  })

  test('is found by who only looks at it while it runs, and not after', async () => {
    expect(await runningPostgres(dataDir)).toBeNull()
    const postgres = await start()
    const found = await runningPostgres(dataDir)
    await postgres.stop()

    expect(found).toBe(postgres.url)
    expect(await runningPostgres(dataDir)).toBeNull()
    expect(await runningPostgres(temporaryFolder())).toBeNull()
  })

  test('keeps a random password that no other account can read', () => {
    const path = join(dataDir, 'postgres', 'password')

    expect(readFileSync(path, 'utf8')).toMatch(/^[0-9a-f]{48}\n$/)
    expect(statSync(path).mode & 0o777).toBe(0o600)
  })

  test('folds and stems Cyrillic letters', async () => {
    const postgres = await start()
    const rows = await query(postgres.url, "SELECT to_tsvector('russian', 'Яркие БАННЕРЫ')::text AS vector")
    await postgres.stop()

    expect(rows).toEqual([{ vector: "'баннер':2 'ярк':1" }])
  })

  test('listens on another port when its own is taken', async () => {
    const port = Number(readFileSync(join(dataDir, 'postgres', 'port'), 'utf8'))
    const squatter = createServer().listen(port, '127.0.0.1')
    await once(squatter, 'listening')
    const postgres = await start()
    await postgres.stop()
    squatter.close()

    expect(Number(new URL(postgres.url).port)).not.toBe(port)
    expect(Number(new URL(postgres.url).port)).toBeLessThan(32_768)
  })

  test('says that its folder is in use while another process holds it, and starts when that one is killed', async () => {
    const holder = await hold(dataDir)
    await query(holder.url, 'CREATE TABLE survived ()')

    await expect(start()).rejects.toThrow(
      `${join(dataDir, 'postgres')} is in use by another AdTime. Stop that one first, or set DATA_DIR to another folder.`,
    )

    holder.process.kill('SIGKILL')
    const postgres = await start()
    const rows = await query(postgres.url, "SELECT to_regclass('survived') IS NOT NULL AS survived")
    await postgres.stop()

    expect(rows).toEqual([{ survived: true }])
  })

  test('starts over a lock file that names a process which is no PostgreSQL', async () => {
    const lock = join(dataDir, 'postgres', 'data', 'postmaster.pid')
    writeFileSync(lock, `${process.pid}\n${join(dataDir, 'postgres', 'data')}\n0\n1\n\n127.0.0.1\n0 0\nready\n`)
    const postgres = await start()
    await postgres.stop()

    expect(existsSync(lock)).toBe(false)
  })

  test('keeps answering while Ctrl-C reaches the whole process group', async () => {
    const holder = await hold(dataDir)
    const client = new pg.Client({ connectionString: holder.url })
    await client.connect()
    const interrupted = once(holder.process, 'message')
    process.kill(-(holder.process.pid ?? 0), 'SIGINT')
    await interrupted
    const { rowCount } = await client.query('SELECT pg_sleep(0.3)')
    await client.end()
    holder.process.send('stop')
    await once(holder.process, 'exit')

    expect(rowCount).toBe(1)
  })
})

async function query(url: string, sql: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  const { rows } = await client.query(sql)
  await client.end()
  return rows
}

/** Another AdTime, as the leader of a process group of its own. */
async function hold(dataDir: string): Promise<{ url: string; process: ChildProcess }> {
  const child = fork('test/platform/hold-database.ts', [dataDir], { execArgv: ['--import', 'tsx'], detached: true })
  const [url] = (await once(child, 'message')) as [string]
  return { url, process: child }
}
