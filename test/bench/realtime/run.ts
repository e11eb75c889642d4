import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { Redis } from 'ioredis'
import { freePort } from '../../../src/platform/database/free-port.js'
import { startPrivateRedis } from '../../testkit/private-redis.js'
import { openBenchDatabase } from '../bench-database.js'
import { startBenchProcess } from '../bench-process.js'
import { newSecret } from '../bench-secret.js'
import { newSigningKey } from '../bench-world.js'
import { bodyOf, openChatWriter, openManagers } from './chat-writer.js'
import { type FanOut, measureFanOut } from './fan-out.js'

const root = resolve(import.meta.dirname, '../../..')
const { values: flags } = parseArgs({
  options: { quick: { type: 'boolean', default: false }, rounds: { type: 'string', default: '3' } },
})
const sizes = flags.quick ? [200] : [2_000, 5_000]
const rounds = flags.quick ? 1 : Number(flags.rounds)
const EVENTS = 20
const TELLING = ['--expose-gc', '--import', join(import.meta.dirname, 'memory-teller.mjs')]
const AIM = 2
const QUERY = `subscription BenchChat($orderId: UUID!) {
  chatMessageAdded(orderId: $orderId) { cursor id body senderRole sender { displayName } createdAt }
}`

const NAMES = ['AdTime', 'usual', 'limit'] as const
type Name = (typeof NAMES)[number]

const cleanups: (() => Promise<unknown>)[] = []
const quantile = (sorted: readonly number[], part: number) => sorted[Math.floor((sorted.length - 1) * part)] ?? 0
const median = (values: readonly number[]) =>
  quantile(
    values.toSorted((a, b) => a - b),
    0.5,
  )

async function run(): Promise<void> {
  const dataDir = await mkdtemp(join(tmpdir(), 'adtime-bench-'))
  cleanups.push(() => rm(dataDir, { recursive: true, force: true }))
  const redis = await startPrivateRedis(dataDir)
  if (!redis) throw new Error('redis-server is not on PATH')
  cleanups.push(() => redis.stop())
  const size = { orders: 400, users: 50, items: 500 }
  const database = await openBenchDatabase({
    root,
    size,
    isFresh: true,
    url: null,
    signal: new AbortController().signal,
  })
  cleanups.push(() => database.stop())
  const key = newSigningKey()
  const managers = await openManagers(database.pool, key)
  const { rows } = await database.pool.query<{ id: string }>('select id from orders limit 1')
  const orderId = rows[0]?.id ?? ''
  const writer = openChatWriter(database.url, redis.url, orderId)
  cleanups.push(() => writer.close())
  const publisher = new Redis(redis.url)
  cleanups.push(async () => publisher.disconnect())

  const publish = async (message: unknown): Promise<number> => {
    const at = performance.timeOrigin + performance.now()
    await publisher.publish('bench', JSON.stringify(message))
    return at
  }

  const servers = {
    AdTime: {
      args: ['dist/app/main.js'],
      env: {
        DATABASE_URL: database.url,
        RATE_LIMIT_COST: '100000000000',
        SOCKETS_PER_ACCOUNT: '100000',
        SOCKETS_PER_ADDRESS: '100000',
        LOG_LEVEL: 'error',
        HOST: '127.0.0.1',
        DATA_DIR: dataDir,
        SEED: 'none',
        SANDBOX_PAYMENTS: 'allow',
        JWT_PRIVATE_KEY: key.privatePem,
        PASSWORD_PEPPER: newSecret(),
        SIGNING_SECRET: newSecret(),
      },
      path: '/graphql',
      tokens: managers.map(({ token }) => token),
      query: QUERY,
      send: (event: number) => writer.write(event),
    },
    usual: {
      args: ['--import', 'tsx', join(import.meta.dirname, 'usual-server.ts')],
      env: {},
      path: '/graphql',
      // Anything: they introduce themselves to it, and it does not ask who they are.
      tokens: ['visitor'],
      query: QUERY.replace('UUID', 'ID'),
      send: (event: number) => publish(answerOf(event).data),
    },
    limit: {
      args: ['--import', 'tsx', join(import.meta.dirname, 'limit-server.ts')],
      env: {},
      path: '',
      tokens: [],
      query: '',
      send: (event: number) => publish({ id: '1', type: 'next', payload: answerOf(event) }),
    },
  }

  const measure = async (name: Name, count: number): Promise<FanOut> => {
    const { args, env, path, tokens, query, send } = servers[name]
    const [port, memoryPort] = [await freePort(), await freePort()]
    const url = `http://127.0.0.1:${port}`
    const all = {
      NODE_ENV: 'production',
      REDIS_URL: redis.url,
      ...env,
      PORT: String(port),
      MEMORY_PORT: String(memoryPort),
    }
    const server = await startBenchProcess({ name, args: [...TELLING, ...args], cwd: root, env: all, readyUrl: url })
    const inUse = async () => Number(await (await fetch(`http://127.0.0.1:${memoryPort}`)).text())
    try {
      const listening = { url: `ws://127.0.0.1:${port}${path}`, count, tokens, query, variables: { orderId } }
      return await measureFanOut({ ...server, inUse }, listening, { events: EVENTS, send })
    } finally {
      await server.stop()
    }
  }

  const lines: string[] = []
  for (const count of sizes) {
    const results: Record<Name, FanOut[]> = { AdTime: [], usual: [], limit: [] }
    for (let round = 1; round <= rounds; round++)
      for (const name of round % 2 ? NAMES : NAMES.toReversed()) {
        console.log(`${count} subscribers, round ${round} of ${rounds}: ${name}`)
        results[name].push(await measure(name, count))
      }
    lines.push(...NAMES.map((name) => lineOf(`${name}, ${count}`, results[name])))
    lines.push(ratios(results.AdTime, results.limit))
  }
  const heads = ['fan-out', 'p50 ms', 'p99 ms', 'deliveries/s', 'kB held', 'kB resident']
  console.log(
    `\n${heads.map((cell, index) => (index ? cell.padStart(13) : cell.padEnd(16))).join('')}\n${lines.join('\n')}`,
  )
}

const figures = (all: readonly FanOut[]) => ({
  p50: median(all.map(({ latencies }) => quantile(latencies, 0.5))),
  p99: median(all.map(({ latencies }) => quantile(latencies, 0.99))),
  rate: median(all.map(({ rates }) => median(rates))),
  held: median(all.map(({ held }) => held)) / 1_024,
  resident: median(all.map(({ resident }) => resident)) / 1_024,
})

function lineOf(name: string, all: readonly FanOut[]): string {
  const { p50, p99, rate, held, resident } = figures(all)
  return (
    name.padEnd(16) +
    [p50.toFixed(1), p99.toFixed(1), rate.toFixed(0), held.toFixed(1), resident.toFixed(1)]
      .map((cell) => cell.padStart(13))
      .join('')
  )
}

function ratios(ours: readonly FanOut[], limit: readonly FanOut[]): string {
  const [a, b] = [figures(ours), figures(limit)]
  const judged = (ratio: number) => `${ratio.toFixed(2)} (${ratio <= AIM ? 'met' : 'MISSED'})`
  return `  to the limit (aim <= ${AIM}): p50 ${judged(a.p50 / b.p50)}, p99 ${judged(a.p99 / b.p99)}, memory held ${judged(a.held / b.held)}`
}

/** As long as what AdTime sends. */
const answerOf = (event: number) => ({
  data: {
    chatMessageAdded: {
      cursor: 'AAAAAAAAAAAAAAAAWyIxMDAwIl0',
      id: '00000000-0000-7000-8000-000000000000',
      body: bodyOf(event),
      senderRole: 'SYSTEM',
      sender: null,
      createdAt: '2026-01-01T00:00:00.000Z',
    },
  },
})

try {
  await run()
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
} finally {
  for (const clean of cleanups.reverse()) await clean().catch((error: unknown) => console.error(error))
}
