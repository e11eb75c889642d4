import pg from 'pg'
import { describe, expect, inject, test } from 'vitest'

import { migrateDeploy, migrateDiff } from '../../src/platform/database/migrate.js'
import { readSchema } from '../../src/platform/database/prisma-files.js'
import { withScratchDatabase } from '../../src/platform/database/scratch-database.js'

const server = new URL(inject('templateUrl'))
server.pathname = '/postgres'

describe('migrations', () => {
  test('are applied once: the second deploy finds nothing to do', async () => {
    const [first, second] = await withScratchDatabase(server.href, async (url) => [
      await migrateDeploy(url),
      await migrateDeploy(url),
    ])

    expect(first?.[0]).toMatch(/_init$/)
    expect(second).toEqual([])
  })

  test('are applied by one of several replicas that start together', async () => {
    const applied = await withScratchDatabase(server.href, (url) =>
      Promise.all([migrateDeploy(url), migrateDeploy(url), migrateDeploy(url)]),
    )

    expect(applied.filter((names) => names.length > 0)).toHaveLength(1)
  })

  test('bring the job queue with them', async () => {
    const queue = await withScratchDatabase(server.href, async (url) => {
      await migrateDeploy(url)
      const client = new pg.Client({ connectionString: url })
      await client.connect()
      const { rows } = await client.query("SELECT to_regclass('graphile_worker.jobs') IS NOT NULL AS there")
      await client.end()
      return rows
    })

    expect(queue).toEqual([{ there: true }])
  })

  test('make exactly what the schema says', async () => {
    expect(await migrateDiff(server.href)).toBe('')
  })

  test('differ from a schema that has a new column', async () => {
    const schema = await readSchema()
    const changed = schema.files.map(({ path, content }) => ({
      path,
      content: content.replace('model Factory {', 'model Factory {\n  slogan String?'),
    }))

    expect(await migrateDiff(server.href, { files: changed })).toContain('ADD COLUMN     "slogan" TEXT')
  })

  test('leave no scratch database behind, even when the work fails', async () => {
    await expect(withScratchDatabase(server.href, () => Promise.reject(new Error('on purpose')))).rejects.toThrow(
      'on purpose',
    )
    const client = new pg.Client({ connectionString: server.href })
    await client.connect()
    const { rows } = await client.query("SELECT datname FROM pg_database WHERE datname LIKE 'adtime_scratch%'")
    await client.end()

    expect(rows).toEqual([])
  })

  test('fail with the words of the database when it refuses them', async () => {
    const refused = withScratchDatabase(server.href, async (url) => {
      const client = new pg.Client({ connectionString: url })
      await client.connect()
      await client.query("CREATE TYPE asset_purpose AS ENUM ('TAKEN')")
      await client.end()
      return migrateDeploy(url)
    })

    await expect(refused).rejects.toThrow('type "asset_purpose" already exists')
  })
})
