import { generateKeyPairSync } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll } from 'vitest'
import type { Role } from '../../src/generated/prisma/enums.js'
import { newId } from '../../src/kernel/ids.js'
import { type Database, openDatabase } from '../../src/platform/database/database.js'
import { freePort } from '../../src/platform/database/free-port.js'
import { TestClient } from '../testkit/client.js'
import { createTestDatabase } from '../testkit/database.js'
import { lastingToken } from '../testkit/lasting-token.js'
import { type PrivateRedis, startPrivateRedis } from '../testkit/private-redis.js'
import { type ServerProcess, spawnServer } from '../testkit/server-process.js'
import { addItem } from '../testkit/shop-rows.js'
import { temporaryFolder } from '../testkit/temporary-folder.js'
import { CommitDelay } from './commit-delay.js'
import { WeatherProxy } from './weather-proxy.js'

export interface Person {
  readonly id: string
  readonly token: string
  readonly role: Role
  readonly factoryId: string | null
  /** At each replica. */
  readonly clients: readonly TestClient[]
}

export interface Replica {
  readonly proxy: WeatherProxy
  /** Ends it with this signal, and starts another in its place after a while. */
  restart(signal: 'SIGKILL' | 'SIGTERM', pauseMs: number): Promise<void>
}

export interface RealtimeWorld {
  /** Connections that no fault ends. */
  readonly database: Database
  readonly replicas: readonly Replica[]
  readonly redis: { freeze(): void; thaw(): void; stop(): Promise<void>; start(): Promise<void> }
  readonly commits: CommitDelay
  readonly people: {
    readonly customers: readonly Person[]
    readonly staff: readonly Person[]
    readonly manager: Person
  }
  /** A printed design of 1 000 roubles. */
  readonly itemId: string
  /** Ends the replicas' transactions under way. */
  cutTransactions(): Promise<void>
  /** Shuts an account out. @returns when that was done */
  block(person: Person): Promise<Date>
}

const BLOCK = /* GraphQL */ `
  mutation RealtimeBlock($userId: UUID!) { setUserBlocked(userId: $userId, blocked: true, reason: "A test") { id } }`

const CUSTOMERS = 8
const RESTART_LIMIT_MS = 90_000
const FACTORIES = 2

/** Two replicas over one PostgreSQL and one Redis, each behind a network that can be shaken. */
export async function openRealtimeWorld(): Promise<RealtimeWorld> {
  const folder = temporaryFolder()
  const { url: databaseUrl } = await createTestDatabase()
  const witness = new URL(databaseUrl)
  witness.searchParams.set('application_name', 'witness')
  const database = openDatabase({ url: witness.href, maxConnections: 6 })
  const commits = await CommitDelay.install(database)
  const redisPort = await freePort()
  let redis = await mustStartRedis(folder, redisPort)
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2_048 })
  const env = {
    JWT_PRIVATE_KEY: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    RATE_LIMIT_COST: '100000000000',
    NODE_ENV: 'test',
    SEED: 'none',
    DATA_DIR: folder,
    DATABASE_URL: databaseUrl,
    REDIS_URL: redis.url,
    LOG_LEVEL: process.env.TEST_LOG ?? 'silent',
  }
  const replicas = await Promise.all([1, 2].map(() => openReplica(env)))
  afterAll(async () => {
    await Promise.all(replicas.map((replica) => replica.close()))
    await Promise.all([redis.stop(), database.close()])
  })

  const { prisma } = database
  const openPerson = async (role: Role = 'USER', factoryId: string | null = null): Promise<Person> => {
    const [id, sid, createdAt] = [newId(), newId(), new Date()]
    const sessions = { create: { id: sid, createdAt, lastUsedAt: createdAt } }
    const account = { id, email: `${id}@example.test`, displayName: role, role, factoryId, createdAt, sessions }
    await prisma.user.create({ data: account })
    const token = await lastingToken(privateKey, { sub: id, sid, role })
    const clients = replicas.map(({ proxy }) => new TestClient(proxy, token))
    return { id, token, role, factoryId, clients }
  }
  const [designer, admin] = [await openPerson('DESIGNER'), await openPerson('ADMIN')]
  const factoryIds = await Promise.all(Array.from({ length: FACTORIES }, () => addLargeFactory(database)))
  return {
    database,
    replicas,
    commits,
    redis: {
      freeze: () => redis.freeze(),
      thaw: () => redis.thaw(),
      stop: () => redis.stop(),
      start: async () => {
        redis = await mustStartRedis(folder, redisPort)
      },
    },
    people: {
      customers: await Promise.all(Array.from({ length: CUSTOMERS }, () => openPerson())),
      staff: await Promise.all(factoryIds.map((factoryId) => openPerson('FACTORY', factoryId))),
      manager: await openPerson('MANAGER'),
    },
    itemId: await addItem(prisma, { designerId: designer.id }),
    async block({ id }) {
      await admin.clients[0]?.get(BLOCK, { userId: id })
      return new Date()
    },
    async cutTransactions() {
      await database.pool.query(
        `select pg_terminate_backend(pid) from pg_stat_activity
         where datname = current_database() and application_name like 'adtime%' and xact_start is not null`,
      )
    },
  }
}

async function openReplica(env: Readonly<Record<string, string>>): Promise<Replica & { close(): Promise<void> }> {
  const port = await freePort()
  const start = async (): Promise<ServerProcess> =>
    (await spawnServer({ env: { ...env, PORT: String(port) } })).says('Ready at')
  // Without Redis a server refuses to start; whoever runs it tries again.
  const startUntilItStands = async (): Promise<ServerProcess> => {
    const giveUpAt = Date.now() + RESTART_LIMIT_MS
    for (;;) {
      const started = await start().catch((error: Error) => error)
      if (!(started instanceof Error)) return started
      if (Date.now() > giveUpAt) throw started
      await sleep(500)
    }
  }
  let server = await start()
  const proxy = await WeatherProxy.open(port)
  return {
    proxy,
    async restart(signal, pauseMs) {
      await server.stop(signal)
      await sleep(pauseMs)
      server = await startUntilItStands()
    },
    async close() {
      await proxy.close()
      await server.stop('SIGKILL')
    },
  }
}

async function mustStartRedis(folder: string, port: number): Promise<PrivateRedis> {
  const redis = await startPrivateRedis(folder, port)
  if (!redis) throw new Error('there is no redis-server on PATH')
  return redis
}

async function addLargeFactory({ prisma }: Database): Promise<string> {
  const id = newId()
  await prisma.factory.create({
    data: {
      id,
      name: 'A factory',
      location: 'Tver',
      specializations: ['BANNER'],
      rating: 4,
      capacity: 100_000,
      serviceLevel: 3,
      createdAt: new Date(),
    },
  })
  return id
}
