import { describe, expect, test } from 'vitest'
import { freePort } from '../../src/platform/database/free-port.js'
import { startTestServer, type TestServer } from '../testkit/server.js'

const server = await startTestServer()
const withoutRedis = await startTestServer({
  databaseUrl: server.databaseUrl,
  env: { REDIS_URL: `redis://127.0.0.1:${await freePort()}` },
})

async function health({ url }: TestServer): Promise<{ status: number; body: unknown }> {
  const response = await fetch(`${url}/health`)
  return { status: response.status, body: await response.json() }
}

describe('/health', () => {
  test('names each dependency', async () => {
    expect(await health(server)).toEqual({
      status: 200,
      body: { status: 'ok', live: true, ready: true, dependencies: { database: 'up' } },
    })
  })

  test('stays 200 without Redis, and says so', async () => {
    expect(await health(withoutRedis)).toMatchObject({
      status: 200,
      body: { status: 'degraded', ready: true, dependencies: { database: 'up', redis: 'down' } },
    })
  })

  test('stays 200 while every connection of the pool is busy', async () => {
    const { pool } = server.platform.database
    const busy = Array.from({ length: 25 }, () => pool.query('select pg_sleep(1)'))
    const answers = [await health(server), await health(server)]
    await Promise.all(busy)

    expect(answers.map(({ status }) => status)).toEqual([200, 200])
  })
})
