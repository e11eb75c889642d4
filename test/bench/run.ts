import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { cpus, tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { freePort } from '../../src/platform/database/free-port.js'
import { fullSize, openBenchDatabase, quickSize } from './bench-database.js'
import { type BenchProcess, startBenchProcess } from './bench-process.js'
import { benchServers, type ServerName } from './bench-server.js'
import { makeBenchWorld, newSigningKey, removeTraces } from './bench-world.js'
import { measure, medianRound, type Round } from './measurement.js'
import { type Operation, type OperationName, ORDERS_FIRST, operations } from './operations.js'
import { installPeers } from './peers-install.js'
import { type Results, tableOf, verdictsOf } from './report.js'
import { type ListeningServer, requireSameAnswers } from './same-answers.js'

type RunningServer = ListeningServer & { readonly process: BenchProcess }

const root = resolve(import.meta.dirname, '../..')
const { values: flags } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    fresh: { type: 'boolean', default: false },
    database: { type: 'string' },
    rounds: { type: 'string' },
    seconds: { type: 'string' },
  },
})
const rounds = Number(flags.rounds ?? (flags.quick ? 2 : 5))
const seconds = Number(flags.seconds ?? (flags.quick ? 1 : 3))
const SAMPLE = flags.quick ? 5 : 40
// By then V8 has compiled what is hot; counted in requests, because a slow server is warm later.
const WARM_AFTER = flags.quick ? 200 : 1_500

const cleanups: (() => Promise<unknown>)[] = []
const abort = new AbortController()

async function cleanUp(): Promise<void> {
  for (const clean of cleanups.splice(0).reverse()) await clean().catch((error: unknown) => console.error(error))
}

for (const name of ['SIGINT', 'SIGTERM'] as const)
  process.once(name, () => {
    console.log(`\n${name}: stopping the servers and the database`)
    abort.abort()
    void cleanUp().then(() => process.exit(1))
  })

async function startServers(
  databaseUrl: string,
): Promise<{ servers: RunningServer[]; key: ReturnType<typeof newSigningKey> }> {
  const key = newSigningKey()
  const dataDir = await mkdtemp(join(tmpdir(), 'adtime-bench-'))
  cleanups.push(() => rm(dataDir, { recursive: true, force: true }))
  const servers: RunningServer[] = []
  for (const server of benchServers({ databaseUrl, key, dataDir })) {
    const port = await freePort()
    const url = `http://127.0.0.1:${port}`
    const env = { ...server.env, PORT: String(port) }
    const running = await startBenchProcess({ ...server, cwd: root, env, readyUrl: url })
    cleanups.push(() => running.stop())
    servers.push({ ...server, url, process: running })
  }
  return { servers, key }
}

interface Task {
  readonly server: RunningServer
  readonly operation: Operation
}

const shuffled = <Value>(values: readonly Value[]): Value[] =>
  values
    .map((value) => ({ value, place: Math.random() }))
    .sort((left, right) => left.place - right.place)
    .map(({ value }) => value)

async function run(): Promise<void> {
  await installPeers(join(root, 'test/bench/peers'), abort.signal)
  const database = await openBenchDatabase({
    root,
    size: flags.quick ? quickSize : fullSize,
    isFresh: flags.fresh,
    url: flags.database ?? null,
    signal: abort.signal,
  })
  cleanups.push(() => database.stop())
  const { servers, key } = await startServers(database.url)
  const world = await makeBenchWorld(database.pool, key, flags.quick ? 0 : ORDERS_FIRST - 1)
  cleanups.push(() => removeTraces(database.pool))
  const inputs = new Map(operations.map((operation) => [operation.name, operation.inputs(world)]))
  for (const operation of operations)
    await requireSameAnswers(servers, operation, shuffled(inputs.get(operation.name) ?? []).slice(0, SAMPLE))
  console.log(`The four servers give the same answers to ${SAMPLE} questions of each kind.`)

  const tasks = servers.flatMap((server) => operations.map((operation): Task => ({ server, operation })))
  const measured = new Map<Task, Round[]>(tasks.map((task) => [task, []]))
  for (const [index, task] of shuffled(tasks).entries()) {
    progress('warming up', index, tasks.length)
    for (let answered = 0; answered < WARM_AFTER; ) {
      const { requestsPerSecond } = await measure(task.server, task.operation, inputs.get(task.operation.name) ?? [], 1)
      answered += requestsPerSecond
    }
  }
  for (let round = 1; round <= rounds; round++)
    for (const [index, task] of shuffled(tasks).entries()) {
      progress(`round ${round} of ${rounds}`, index, tasks.length)
      const figures = await measure(task.server, task.operation, inputs.get(task.operation.name) ?? [], seconds)
      measured.get(task)?.push(figures)
    }
  progress('done', tasks.length, tasks.length)
  await report(measured)
}

async function report(measured: ReadonlyMap<Task, Round[]>): Promise<void> {
  const found: Partial<Record<OperationName, Partial<Record<ServerName, Round>>>> = {}
  for (const [{ server, operation }, all] of measured)
    found[operation.name] = { ...found[operation.name], [server.name]: medianRound(all) }
  const results = found as Results
  const verdicts = verdictsOf(results)
  const folder = join(root, 'test/bench/results')
  const path = join(folder, `${new Date().toISOString().replaceAll(':', '-').slice(0, 19)}.json`)
  const allRounds = [...measured].map(([{ server, operation }, all]) => ({
    server: server.name,
    operation: operation.name,
    rounds: all,
  }))
  const machine = { node: process.version, cpus: cpus().length, model: cpus()[0]?.model ?? '' }
  await mkdir(folder, { recursive: true })
  await writeFile(
    path,
    JSON.stringify(
      { at: new Date(), isQuick: flags.quick, rounds, seconds, machine, results, verdicts, allRounds },
      null,
      2,
    ),
  )
  console.log(
    `\n${tableOf(results)}\n\nMedians of ${rounds} rounds of ${seconds} s; every round is in ${path.slice(root.length + 1)}`,
  )
  const missed = verdicts.filter(({ isMet }) => isMet === false).length
  console.log(missed === 0 ? 'Every read meets its aims.' : `${missed} aims are missed.`)
}

const isTerminal = process.stdout.isTTY === true

function progress(what: string, done: number, all: number): void {
  const text = `${what}: ${done} of ${all}`
  if (isTerminal) process.stdout.write(`\r\x1b[K${text}`)
  else if (done === 0 || done === all) console.log(text)
}

try {
  await run()
} catch (error) {
  if (!abort.signal.aborted) {
    console.error(`\n${error instanceof Error ? error.message : String(error)}`)
    process.exitCode = 1
  }
} finally {
  await cleanUp()
}
