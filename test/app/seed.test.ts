import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { runSeed } from '../../src/app/seed/run-seed.js'
import { type SeedOptions, seedWhenEmpty } from '../../src/app/seed-when-empty.js'
import { checkLedger } from '../../src/modules/payments/index.js'
import { createLogger } from '../../src/platform/observability/logger.js'
import { TestClient } from '../testkit/client.js'
import { createTestDatabase } from '../testkit/database.js'
import { startTestServer, type TestServer } from '../testkit/server.js'
import { brokenRules } from './seed-invariants.js'

const PASSWORD = 'Adtime-demo-1'
const now = new Date()
const folders: string[] = []
const clients: pg.Client[] = []

afterAll(async () => {
  for (const client of clients) await client.end()
  for (const folder of folders) await rm(folder, { recursive: true, force: true })
})

async function folder(): Promise<string> {
  const made = await mkdtemp(join(tmpdir(), 'adtime-test-'))
  folders.push(made)
  return made
}

async function connect(url: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  clients.push(client)
  return client
}

async function seedDemo(databaseUrl: string, options: Partial<SeedOptions> = {}): Promise<boolean> {
  return seedWhenEmpty({
    config: { environment: 'test', seed: 'demo', dataDir: await folder() },
    secrets: { passwordPeppers: new Map([[1, new Uint8Array(32)]]) },
    databaseUrl,
    log: createLogger('silent'),
    clock: { now: () => now },
    say: () => undefined,
    ...options,
  })
}

async function count(client: pg.Client, table: string): Promise<number> {
  const { rows } = await client.query<{ count: number }>(`select count(*)::int as count from ${table}`)
  return rows[0]?.count ?? 0
}

/** A hash of every table's rows, without what is random by design. */
async function fingerprints(client: pg.Client): Promise<Record<string, string>> {
  const tables = await client.query<{ name: string }>(
    `select tablename as name from pg_tables where schemaname = 'public' and tablename not in ('credentials', '_prisma_migrations')`,
  )
  const prints: Record<string, string> = {}
  for (const { name } of tables.rows) {
    const { rows } = await client.query(`select md5(string_agg(t::text, '|' order by t::text)) as print from ${name} t`)
    prints[name] = rows[0].print
  }
  return prints
}

const ask = <Data>(server: TestServer, query: string, token?: string): Promise<Data> =>
  new TestClient(server, token).get<Data>(query)

async function logIn(server: TestServer, email: string): Promise<string> {
  const { login } = await ask<{ login: { token: { accessToken: string } } }>(
    server,
    `mutation { login(input: { email: "${email}", password: "${PASSWORD}" }) { token { accessToken } } }`,
  )
  return login.token.accessToken
}

const server = await startTestServer()
const client = await connect(server.databaseUrl)
const { config, secrets } = server.platform
const said: string[] = []
const settings = { config: { ...config, seed: 'demo' as const }, secrets, say: (line: string) => said.push(line) }
const isSeeded = await seedDemo(server.databaseUrl, settings)
const fresh = await fingerprints(client)

describe('the demo', () => {
  test('breaks no rule of the product', async () => {
    expect(await brokenRules(client)).toEqual({})
  })

  test('has orders of the customer in every status', async () => {
    const { rows } = await client.query(
      `select distinct status from orders where customer_id = (select id from users where email = 'customer@adtime.test') order by 1`,
    )
    const statuses = rows.map(({ status }) => status)
    expect(statuses).toEqual(['CREATED', 'PAID', 'PRODUCTION', 'SHIPPED', 'COMPLETED', 'CANCELLED'])
  })

  test('has forty published designs of every type, and files behind those that are DIGITAL', async () => {
    const { rows } = await client.query(
      `select product_type, count(*)::int, count(source_file_id)::int as files from marketplace_items where status = 'PUBLISHED' group by 1 order by 1`,
    )
    expect(rows).toEqual([
      { product_type: 'BANNER', count: 14, files: 0 },
      { product_type: 'STANDEE', count: 9, files: 0 },
      { product_type: 'BILLBOARD', count: 8, files: 0 },
      { product_type: 'DIGITAL', count: 9, files: 9 },
    ])
  })

  test('sends new orders to the factory of factory@adtime.test, whatever is printed', async () => {
    const { rows } = await client.query(
      `select type, (select f.id from factories f where type = any (f.specializations) and f.is_active and f.current_load < f.capacity
         order by f.current_load::float8 / f.capacity, f.service_level desc, f.rating desc, f.id limit 1)
         = (select factory_id from users where email = 'factory@adtime.test') as wins
       from unnest(array['BANNER', 'STANDEE', 'BILLBOARD']::product_type[]) type`,
    )
    expect(rows.map(({ wins }) => wins)).toEqual([true, true, true])
  })

  test('lets every demo account sign in', async () => {
    for (const name of ['customer', 'designer', 'factory', 'manager', 'admin']) {
      const token = await logIn(server, `${name}@adtime.test`)
      const { me } = await ask<{ me: { email: string } }>(server, '{ me { email } }', token)
      expect(me.email).toBe(`${name}@adtime.test`)
    }
  })

  test('serves the previews it has drawn', async () => {
    const { marketplaceItems } = await ask<{
      marketplaceItems: { nodes: { previews: { url: string; byteSize: number }[] }[] }
    }>(server, '{ marketplaceItems(first: 3) { nodes { previews { url byteSize } } } }')
    for (const { previews } of marketplaceItems.nodes)
      for (const { url, byteSize } of previews) {
        const bytes = await (await fetch(url)).arrayBuffer()
        expect(bytes.byteLength).toBe(byteSize)
      }
  })

  test('tells how it comes along', () => {
    expect(said).toContainEqual(expect.stringMatching(/^Drawing previews 24\/\d+$/))
    expect(said.at(-1)).toMatch(/^The demo is ready: 14 accounts, 45 designs, \d+ orders, in [\d.]+ s$/)
  })

  test('is made once, in an empty database, and never in production or with SEED=none', async () => {
    expect(isSeeded).toBe(true)
    expect(await seedDemo(server.databaseUrl)).toBe(false)
    const { url } = await createTestDatabase()
    for (const refusal of [{ environment: 'production' }, { seed: 'none' }] as const)
      expect(await seedDemo(url, { config: { ...settings.config, ...refusal } })).toBe(false)
    expect(await count(await connect(url), 'users')).toBe(0)
  })

  test('is there as a whole or not at all', async () => {
    const { url } = await createTestDatabase()
    const file = join(await folder(), 'not-a-folder')
    await writeFile(file, '')
    await expect(seedDemo(url, { config: { ...settings.config, dataDir: file } })).rejects.toThrow()
    expect(await count(await connect(url), 'users')).toBe(0)
  })

  test('is made by one of two replicas, and is the same again on the same day, to the byte of its pictures', async () => {
    const { url } = await createTestDatabase()
    const replicas = await Promise.all([seedDemo(url), seedDemo(url)])
    expect(replicas.sort()).toEqual([false, true])
    expect(await fingerprints(await connect(url))).toEqual(fresh)
  }, 60_000)
})

describe('npm run seed', () => {
  const seed = async (args: string[], variables: Record<string, string> = {}) => {
    const lines: string[] = []
    const say = (line: string) => void lines.push(line)
    const progress = { isTerminal: false, write: (text: string) => void lines.push(text.trimEnd()) }
    const code = await runSeed(args, variables, { say, complain: say, progress })
    return { code, lines, text: lines.join('\n') }
  }

  test.each([
    [['--orders', '10'], '--users is missing'],
    [['--orders', 'many', '--users', '10'], '--orders must be a whole number from 1 to 5000000, not "many"'],
    [['--orders', '0', '--users', '1'], '--users must be a whole number from 2 to 999999, not "1"'],
    [['--orders', '5', '--users', '5', '--designers', '5'], '--designers must be fewer than --users'],
    [['--order', '5'], "Unknown option '--order'"],
  ])('refuses %j and says how it is used', async (args, problem) => {
    const { code, text } = await seed(args)
    expect(code).toBe(1)
    expect(text).toContain(problem)
    expect(text).toContain('Usage:')
  })

  test('refuses to touch production', async () => {
    const { code, text } = await seed(['--orders', '5', '--users', '5'], { NODE_ENV: 'production' })
    expect(code).toBe(1)
    expect(text).toBe('Cannot seed: NODE_ENV is production, and seeds never go there.')
  })

  test('names a database that cannot be reached', async () => {
    const variables = { DATABASE_URL: 'postgresql://nobody@127.0.0.1:1/nothing', DATA_DIR: await folder() }
    const { code, text } = await seed([], variables)
    expect(code).toBe(1)
    expect(text).toMatch(/^Cannot seed: .*127\.0\.0\.1:1/)
  })

  describe('with --orders', () => {
    const pepper = Buffer.from(secrets.passwordPeppers.get(1) ?? []).toString('hex')
    const variables = {
      DATABASE_URL: server.databaseUrl,
      DATA_DIR: config.dataDir,
      PASSWORD_PEPPER: pepper,
      SEED: 'none',
    }
    let demoOrders: number
    let before: unknown[]
    let made: Awaited<ReturnType<typeof seed>>

    beforeAll(async () => {
      demoOrders = await count(client, 'orders')
      before = await structure(client)
      made = await seed(['--orders', '2000', '--users', '40', '--items', '60'], variables)
    })

    test('adds a large set to what is there, with progress', async () => {
      expect(made.text).toContain('Making 2000 orders of 40 users (2 of them designers) and 60 designs')
      expect(made.text).toMatch(/\d+%\s+[\d,]+ rows\/s\s+\d+ s left/)
      expect(made.text).toMatch(/Wrote [\d,]+ rows in [\d.]+ s\. Sign in as user000001@bench\.adtime\.test/)
      expect(made.code).toBe(0)
      expect(await count(client, 'orders')).toBe(demoOrders + 2000)
    })

    test('breaks no rule of the product, and leaves the tables as they were', async () => {
      expect(await brokenRules(client)).toEqual({})
      expect(await checkLedger(server.platform.database.pool)).toBeNull()
      expect(await structure(client)).toEqual(before)
    })

    test('makes orders in every status, chats and reviews', async () => {
      const { rows } = await client.query(
        `select distinct status from orders where customer_id in (select id from users where email like '%@bench.adtime.test')`,
      )
      expect(rows).toHaveLength(6)
      expect(await count(client, 'reviews')).toBeGreaterThan(200)
      expect(await count(client, 'chat_messages')).toBeGreaterThan(1000)
    })

    test('makes customers who can sign in and read their orders', async () => {
      const token = await logIn(server, 'user000001@bench.adtime.test')
      const { orders } = await ask<{ orders: { nodes: { lines: unknown[]; history: unknown[] }[] } }>(
        server,
        `{ orders(first: 20) { nodes {
          number status history { type } payments { status } messages(last: 1) { nodes { body } }
          lines { title item { title designer { displayName } previews { id } } } } } }`,
        token,
      )
      expect(orders.nodes).toHaveLength(20)
      expect(orders.nodes.every(({ lines, history }) => lines.length > 0 && history.length > 0)).toBe(true)
    })

    test('does so once', async () => {
      expect((await seed(['--orders', '5', '--users', '5'], variables)).text).toContain('has a bulk data set already')
      expect((await seed([], variables)).text).toBe('The database has accounts already; it was left as it is.')
    })
  })
})

/** Every constraint, index and trigger, as it is defined. */
async function structure(client: pg.Client): Promise<unknown[]> {
  const { rows } = await client.query(
    `select conrelid::regclass::text as "on", conname::text as name, pg_get_constraintdef(oid) || convalidated::text as definition from pg_constraint
       where connamespace = 'public'::regnamespace
     union all select tablename, indexname, indexdef from pg_indexes where schemaname = 'public'
     union all select tgrelid::regclass::text, tgname, pg_get_triggerdef(oid) || tgenabled::text from pg_trigger where not tgisinternal
     order by 1, 2, 3`,
  )
  return rows
}
