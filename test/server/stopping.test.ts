import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import pg from 'pg'
import { describe, expect, test } from 'vitest'
import { TestClient } from '../testkit/client.js'
import { createTestDatabase } from '../testkit/database.js'
import { RawSocket } from '../testkit/raw-socket.js'
import { spawnServer } from '../testkit/server-process.js'
import { temporaryFolder } from '../testkit/temporary-folder.js'

const LIMIT_MS = 15_000
const ACCOUNT = { email: 'kept@example.test', password: 'Adtime-test-1', displayName: 'Kept' }

const REGISTER = /* GraphQL */ `
  mutation StoppingRegister($input: RegisterInput!) {
    register(input: $input) { token { accessToken } }
  }`

const LOGIN = /* GraphQL */ `
  mutation StoppingLogin($input: LoginInput!) {
    login(input: $input) { user { displayName } }
  }`

const ME = /* GraphQL */ `query StoppingMe { me { email } }`

describe('a server that is told to stop', { timeout: 120_000 }, () => {
  test('says goodbye to its sockets, ends with 0, and goes on with its data and keys when it is started again', async () => {
    const dataDir = temporaryFolder()
    const first = await spawnServer({ env: { DATA_DIR: dataDir } })
    await first.says('Ready at')
    const { register } = await new TestClient(first).get<{ register: { token: { accessToken: string } } }>(REGISTER, {
      input: ACCOUNT,
    })
    const { accessToken } = register.token
    const socket = await RawSocket.connect(first.url, accessToken)
    socket.send({
      id: '1',
      type: 'subscribe',
      payload: { query: 'subscription { myOrdersChanged { event { number } } }' },
    })
    const ending = await first.stop('SIGTERM')

    expect(await socket.closed).toBe(1001)
    expect(ending).toMatchObject({ code: 0, signal: null })
    expect(ending.took).toBeLessThan(LIMIT_MS)
    expect(existsSync(join(dataDir, 'postgres', 'data', 'postmaster.pid'))).toBe(false)

    const second = await spawnServer({ env: { DATA_DIR: dataDir } })
    await second.says('Ready at')

    expect(await new TestClient(second, accessToken).get(ME)).toEqual({ me: { email: ACCOUNT.email } })
    expect(await second.stop('SIGINT')).toMatchObject({ code: 0, signal: null })
  })

  test('answers the request that is running', async () => {
    const { url: databaseUrl } = await createTestDatabase()
    const server = await spawnServer({ env: { DATABASE_URL: databaseUrl } })
    await server.says('Ready at')
    const client = new TestClient(server)
    await client.get(REGISTER, { input: ACCOUNT })
    const holder = new pg.Client({ connectionString: databaseUrl })
    await holder.connect()
    await holder.query('BEGIN; LOCK TABLE users IN ACCESS EXCLUSIVE MODE')
    const running = client.ask(LOGIN, { input: { email: ACCOUNT.email, password: ACCOUNT.password } })
    await expect.poll(() => waitsForLock(holder), { timeout: 20_000 }).toBe(true)
    server.signal('SIGTERM')
    await server.says('finishing what is running')
    await holder.query('COMMIT')
    await holder.end()

    expect(await running).toMatchObject({ status: 200, data: { login: { user: { displayName: 'Kept' } } } })
    const ending = await server.ended
    expect(ending.code).toBe(0)
    // Its connection is not waited for: that would take nine seconds.
    expect(ending.took).toBeLessThan(8_000)
  })

  test('while it is still starting ends with 0 and leaves no database running', async () => {
    const dataDir = temporaryFolder()
    const pidFile = join(dataDir, 'postgres', 'data', 'postmaster.pid')
    const server = await spawnServer({ env: { DATA_DIR: dataDir, SEED: 'demo' } })
    await expect.poll(() => existsSync(pidFile), { timeout: 60_000 }).toBe(true)
    const pid = Number((await readFile(pidFile, 'utf8')).split('\n')[0])
    const { code, took } = await server.stop('SIGTERM')

    expect(code).toBe(0)
    expect(took).toBeLessThan(LIMIT_MS)
    expect(server.output).not.toContain('Ready at')
    expect(() => process.kill(pid, 0)).toThrow('ESRCH')
  })

  test('ends `npm start` with 0', async () => {
    const npm = await spawnServer({
      env: { DATABASE_URL: (await createTestDatabase()).url },
      command: ['npm', 'start'],
    })
    await npm.says('Ready at')
    const children = await readFile(`/proc/${npm.pid}/task/${npm.pid}/children`, 'utf8')
    process.kill(Number(children.trim().split(' ')[0]), 'SIGTERM')

    expect(await npm.ended).toMatchObject({ code: 0, signal: null })
  })
})

async function waitsForLock(client: pg.Client): Promise<boolean> {
  const { rowCount } = await client.query('SELECT FROM pg_locks WHERE NOT granted')
  return rowCount !== 0
}
