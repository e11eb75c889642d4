import { createServer } from 'node:net'
import { describe, expect, test } from 'vitest'
import { freePort } from '../../src/platform/database/free-port.js'
import { createTestDatabase } from '../testkit/database.js'
import { productionEnvironment } from '../testkit/production.js'
import { spawnServer } from '../testkit/server-process.js'

/** What a server says that cannot start, having ended with 1 and without a stack. */
async function refusal(env: Readonly<Record<string, string>>): Promise<string> {
  const server = await spawnServer({ env })
  const { code } = await server.ended
  expect({ code, output: server.output }).toMatchObject({ code: 1 })
  expect(server.output).not.toMatch(/^\s+at /m)
  expect(server.output.match(/AdTime cannot start/g)).toHaveLength(1)
  return server.output
}

describe('a server that cannot start says why in one message and ends with 1', { timeout: 120_000 }, () => {
  test('when its port is taken', async () => {
    const port = await freePort()
    const holder = createServer()
    await new Promise<void>((resolve) => holder.listen(port, '127.0.0.1', resolve))
    const said = await refusal({ PORT: String(port) })
    await new Promise((resolve) => holder.close(resolve))

    expect(said).toContain(`port ${port} is taken`)
    expect(said).toContain('PORT=')
  })

  test('when no PostgreSQL answers at DATABASE_URL, without telling its password', async () => {
    const port = await freePort()
    const said = await refusal({ DATABASE_URL: `postgresql://ad:hush-hush@127.0.0.1:${port}/shop` })

    expect(said).toContain(`PostgreSQL does not answer at 127.0.0.1:${port}. Start it, or correct DATABASE_URL.`)
    expect(said).not.toContain('hush-hush')
  })

  test('when the database of DATABASE_URL does not exist', async () => {
    const url = new URL((await createTestDatabase()).url)
    url.pathname = '/nowhere'

    expect(await refusal({ DATABASE_URL: url.href })).toContain('has no database "nowhere"')
  })

  test('when the password of DATABASE_URL is wrong', async () => {
    const url = new URL((await createTestDatabase()).url)
    url.password = 'wrong'

    expect(await refusal({ DATABASE_URL: url.href })).toContain('refused the user "adtime"')
  })

  test('when no Redis answers at REDIS_URL', async () => {
    const port = await freePort()
    const said = await refusal({ REDIS_URL: `redis://:hush-hush@127.0.0.1:${port}` })

    expect(said).toContain(`Redis does not answer at 127.0.0.1:${port}`)
    expect(said).toContain('unset it')
    expect(said).not.toContain('hush-hush')
  })

  test('when its folder cannot be written to', async () => {
    expect(await refusal({ DATA_DIR: '/dev/null/adtime' })).toContain('DATA_DIR /dev/null/adtime cannot be written to')
  })

  test('naming every wrong variable at once', async () => {
    const said = await refusal({
      PORT: '80x',
      DATABASE_URL: 'mysql://localhost',
      ALLOWED_ORIGINS: 'app.example.com',
      SEED: 'everything',
      PASSWORD_PEPPER: 'salt',
      TRUSTED_PROXIES: 'everyone',
    })

    for (const name of ['PORT', 'DATABASE_URL', 'ALLOWED_ORIGINS', 'SEED', 'PASSWORD_PEPPER', 'TRUSTED_PROXIES'])
      expect(said).toContain(`- ${name} must be`)
  })

  test('in production naming every missing secret at once, and nothing optional', async () => {
    const said = await refusal({ NODE_ENV: 'production' })

    expect(said.match(/^ {2}- [A-Z_]+/gm)).toEqual(['  - JWT_PRIVATE_KEY', '  - PASSWORD_PEPPER', '  - SIGNING_SECRET'])
    expect(said).not.toMatch(/SANDBOX|YOOKASSA|REDIS|DATABASE/)
  })

  test('in production with what lets webhooks into our own network', async () => {
    const said = await refusal({ ...productionEnvironment, PRIVATE_WEBHOOK_URLS: 'allow' })

    expect(said).toContain('PRIVATE_WEBHOOK_URLS must be unset in production')
  })

  test('in production naming secrets that are missing together with those that are wrong', async () => {
    const said = await refusal({ NODE_ENV: 'production', PASSWORD_PEPPER: 'salt' })

    expect(said.match(/^ {2}- [A-Z_]+ (must|is)/gm)).toEqual([
      '  - PASSWORD_PEPPER must',
      '  - JWT_PRIVATE_KEY is',
      '  - SIGNING_SECRET is',
    ])
  })
})
