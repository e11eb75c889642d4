import { generateKeyPairSync } from 'node:crypto'
import { afterAll } from 'vitest'
import type { Role } from '../../src/generated/prisma/enums.js'
import { newId } from '../../src/kernel/ids.js'
import { type Database, openDatabase } from '../../src/platform/database/database.js'
import { freePort } from '../../src/platform/database/free-port.js'
import { type StripeSimulator, startStripeSimulator } from '../simulators/stripe/stripe-simulator.js'
import { startYooKassaSimulator, type YooKassaSimulator } from '../simulators/yookassa/yookassa-simulator.js'
import type { TestAccount } from '../testkit/account.js'
import { TestClient } from '../testkit/client.js'
import { createTestDatabase } from '../testkit/database.js'
import { lastingToken } from '../testkit/lasting-token.js'
import { spawnServer } from '../testkit/server-process.js'
import { addItem } from '../testkit/shop-rows.js'
import { temporaryFolder } from '../testkit/temporary-folder.js'
import { ANSWER_MS, startClockedServer } from './clocked-server.js'
import { MoneyClock } from './money-clock.js'
import type { Outside } from './money-steps.js'

export interface MoneyWorld {
  readonly url: string
  readonly clock: MoneyClock
  /** Connections that no crash ends. */
  readonly database: Database
  readonly simulators: { readonly YOOKASSA: YooKassaSimulator; readonly STRIPE: StripeSimulator }
  readonly manager: TestAccount
  /** One to print and one to download, 1 000 roubles each. */
  readonly items: { readonly banner: string; readonly file: string }
  openAccount(role?: Role): Promise<TestAccount>
  /** Ends connections of the server: those in a transaction, or all. */
  cut(what: 'transactions' | 'connections'): Promise<void>
  /** Kills the process and starts another, where there is one. */
  kill(): Promise<void>
}

const MARK = 'hold'
/** Orders paid with this address to return to are paid by a hold first, as if their seller asked for it. */
export const HOLD_URL = `http://127.0.0.1/${MARK}`

/** Providers that are played, a database, and a server over both: in this process, or in one that can be killed. */
export async function openMoneyWorld({ ownProcess = false, seed = 1 } = {}): Promise<MoneyWorld> {
  const dataDir = temporaryFolder()
  const clock = new MoneyClock(dataDir)
  const [yookassa, stripe] = [
    await startYooKassaSimulator({ seed, clock }),
    await startStripeSimulator({ seed, clock }),
  ]
  const { url: databaseUrl } = await createTestDatabase()
  const witness = new URL(databaseUrl)
  witness.searchParams.set('application_name', 'witness')
  const database = openDatabase({ url: witness.href, maxConnections: 6 })
  for (const { faults } of [yookassa, stripe]) faults.slowMs = ANSWER_MS * 1.5
  await holdWhereMarked(database)

  const port = String(await freePort())
  const url = `http://127.0.0.1:${port}`
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2_048 })
  const env = {
    ...yookassa.env,
    STRIPE_API_URL: stripe.url,
    STRIPE_SECRET_KEY: stripe.secretKey,
    STRIPE_WEBHOOK_SECRET: stripe.webhookSecret,
    JWT_PRIVATE_KEY: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    RATE_LIMIT_COST: '100000000000',
    NODE_ENV: 'test',
    SEED: 'none',
    PORT: port,
    DATA_DIR: dataDir,
    DATABASE_URL: databaseUrl,
    CLOCK_FILE: clock.file,
    TEST_LOG: process.env.TEST_LOG ?? 'silent',
  }
  const start = async () => {
    if (!ownProcess) return startClockedServer(env, clock)
    const server = await spawnServer({
      env,
      command: [process.execPath, '--import', 'tsx', 'test/money/clocked-main.ts'],
    })
    return server.says('Ready at')
  }
  let server = await start()
  for (const { provider, deliveries } of [
    { provider: 'yookassa', ...yookassa },
    { provider: 'stripe', ...stripe },
  ])
    deliveries.url = `${url}/webhooks/payments/${provider}`
  afterAll(async () => {
    await ('stop' in server ? server.stop('SIGKILL') : server.close())
    await Promise.all([yookassa.close(), stripe.close(), database.close()])
  })

  const openAccount = async (role: Role = 'USER') => {
    const [id, sid, now] = [newId(), newId(), clock.now()]
    await database.prisma.user.create({
      data: {
        id,
        email: `${id}@example.test`,
        displayName: role,
        role,
        createdAt: now,
        sessions: { create: { id: sid, createdAt: now, lastUsedAt: now } },
      },
    })
    return { id, client: new TestClient({ url }, await lastingToken(privateKey, { sub: id, sid, role })) }
  }
  const designer = await openAccount('DESIGNER')
  await addFactory(database)
  const { prisma } = database
  return {
    url,
    clock,
    database,
    simulators: { YOOKASSA: yookassa, STRIPE: stripe } satisfies Record<Outside, unknown>,
    manager: await openAccount('MANAGER'),
    items: {
      banner: await addItem(prisma, { designerId: designer.id }),
      file: await addItem(prisma, { designerId: designer.id, productType: 'DIGITAL' }),
    },
    openAccount,
    async cut(what) {
      await database.pool.query(
        `select pg_terminate_backend(pid) from pg_stat_activity
         where datname = current_database() and application_name like 'adtime%' and ($1 or xact_start is not null)`,
        [what === 'connections'],
      )
    },
    async kill() {
      if (!('stop' in server)) return
      await server.stop('SIGKILL')
      server = await start()
    },
  }
}

/** No room sells with a hold yet. The database plays one that does, in the row that every call to a provider is made of. */
async function holdWhereMarked({ pool }: Database): Promise<void> {
  await pool.query(`
    create function hold_where_marked() returns trigger language plpgsql as $$
      begin new.capture := false; return new; end $$;
    create trigger hold_where_marked before insert on payments for each row
      when (new.return_url like '%/${MARK}' and new.provider in ('YOOKASSA', 'STRIPE')) execute function hold_where_marked()`)
}

async function addFactory({ prisma }: Database): Promise<void> {
  await prisma.factory.create({
    data: {
      id: newId(),
      name: 'A factory',
      location: 'Tver',
      specializations: ['BANNER', 'STANDEE', 'BILLBOARD'],
      rating: 4,
      capacity: 1_000_000,
      serviceLevel: 3,
      leadTimeDays: 5,
      createdAt: new Date(),
    },
  })
}
