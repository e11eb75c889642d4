import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { newId } from '../../../src/kernel/ids.js'
import { openBenchDatabase } from '../bench-database.js'
import { newSecret } from '../bench-secret.js'
import { makeBenchWorld, newSigningKey } from '../bench-world.js'
import { countSettled, payOrdersUnheard } from './paid-orders.js'
import { newWebhook, type Sending, sendAll } from './webhook-sender.js'
import { startAdTime, startLimit, type WebhookServer } from './webhook-servers.js'

const root = resolve(import.meta.dirname, '../../..')
const { values: flags } = parseArgs({ options: { quick: { type: 'boolean', default: false } } })
const rounds = flags.quick ? 2 : 5
const INTAKE = flags.quick ? 500 : 8_000
const SETTLED = flags.quick ? 50 : 600
const JOBS = 4
const SETTLE_LIMIT_MS = 180_000
const AIM = 0.5

interface Figures extends Sending {
  readonly count: number
  /** Microseconds of the server's processor time for each. */
  readonly cpu: number
}

const cleanups: (() => Promise<unknown>)[] = []
const median = (values: readonly number[]) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0
const quantile = (sorted: readonly number[], part: number) => sorted[Math.floor((sorted.length - 1) * part)] ?? 0

async function measureIntake(server: WebhookServer, signingSecret: string): Promise<Figures> {
  const webhooks = Array.from({ length: INTAKE }, () => newWebhook(signingSecret, newId()))
  const before = server.process.cpu()
  const sending = await sendAll(server.url, webhooks)
  return { ...sending, count: INTAKE, cpu: ((server.process.cpu() - before) / INTAKE) * 1_000_000 }
}

const perSecond = ({ count, milliseconds }: Figures) => count / (milliseconds / 1_000)

function line(name: string, all: readonly Figures[]): string {
  const figure = (of: (figures: Figures) => number) => median(all.map(of))
  const p = (part: number) => figure(({ latencies }) => quantile(latencies, part)).toFixed(1)
  const cells = [figure(perSecond).toFixed(0), p(0.5), p(0.99), figure(({ cpu }) => cpu).toFixed(0)]
  return [name.padEnd(22), ...cells.map((cell) => cell.padStart(10))].join(' ')
}

async function run(): Promise<void> {
  const signal = new AbortController().signal
  const size = { orders: 400, users: 50, items: 500 }
  const database = await openBenchDatabase({ root, size, isFresh: true, url: null, signal })
  cleanups.push(() => database.stop())
  const { pool } = database
  const dataDir = await mkdtemp(join(tmpdir(), 'adtime-bench-'))
  cleanups.push(() => rm(dataDir, { recursive: true, force: true }))
  const key = newSigningKey()
  const signingSecret = newSecret()
  const settings = { root, databaseUrl: database.url, dataDir, key, signingSecret }

  const intake: Record<WebhookServer['name'], Figures[]> = { AdTime: [], limit: [] }
  const taking = [await startAdTime(settings, 0), await startLimit(settings)]
  cleanups.push(() => Promise.all(taking.map(({ process }) => process.stop())))
  for (const server of taking) await measureIntake(server, signingSecret)
  for (let round = 1; round <= rounds; round++)
    for (const server of round % 2 ? taking : taking.toReversed()) {
      console.log(`intake, round ${round} of ${rounds}: ${server.name}`)
      await pool.query('truncate webhook_deliveries, bench_inbox, graphile_worker._private_jobs')
      intake[server.name].push(await measureIntake(server, signingSecret))
    }
  await pool.query('truncate webhook_deliveries, graphile_worker._private_jobs')
  await Promise.all(taking.map(({ process }) => process.stop()))

  const server = await startAdTime(settings, JOBS)
  cleanups.push(() => server.process.stop())
  const world = await makeBenchWorld(pool, key, 0)
  const settled: Figures[] = []
  for (let round = 0; round <= rounds; round++) {
    console.log(round === 0 ? 'settling, warming up' : `settling, round ${round} of ${rounds}`)
    const ids = await payOrdersUnheard({ url: server.url, pool, world }, SETTLED)
    const webhooks = ids.map((id) => newWebhook(signingSecret, id))
    const before = server.process.cpu()
    const began = performance.now()
    const { latencies } = await sendAll(server.url, webhooks)
    while ((await countSettled(pool, ids)) < SETTLED) {
      if (performance.now() - began > SETTLE_LIMIT_MS) throw new Error('the webhooks were not settled in time')
      await sleep(20)
    }
    const milliseconds = performance.now() - began
    const cpu = ((server.process.cpu() - before) / SETTLED) * 1_000_000
    if (round > 0) settled.push({ count: SETTLED, milliseconds, latencies, cpu })
  }

  const ratio = median(intake.AdTime.map(perSecond)) / median(intake.limit.map(perSecond))
  const cpuRatio = median(intake.limit.map(({ cpu }) => cpu)) / median(intake.AdTime.map(({ cpu }) => cpu))
  const settledRatio = median(settled.map(perSecond)) / median(intake.limit.map(perSecond))
  const words = (met: boolean) => (met ? 'met' : 'MISSED')
  console.log(`
${['webhooks'.padEnd(22), 'per s', 'p50 ms', 'p99 ms', 'CPU us'].map((cell, index) => (index ? cell.padStart(10) : cell)).join(' ')}
${line('AdTime takes in', intake.AdTime)}
${line('limit takes in', intake.limit)}
${line('AdTime settles', settled)}

intake to the limit: ${ratio.toFixed(2)} by requests, ${cpuRatio.toFixed(2)} by CPU (aim >= ${AIM}: ${words(ratio >= AIM)})
settled end to end to the limit's intake: ${settledRatio.toFixed(2)}`)
}

try {
  await run()
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
} finally {
  for (const clean of cleanups.reverse()) await clean().catch((error: unknown) => console.error(error))
}
