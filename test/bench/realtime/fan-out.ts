import { fork } from 'node:child_process'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { BenchProcess } from '../bench-process.js'
import type { Heard, Listening } from './listeners.js'

export interface FanOut {
  readonly subscribers: number
  /** Milliseconds from the commit to each client, sorted, of all events together. */
  readonly latencies: readonly number[]
  /** Of each event: deliveries a second until the last client had it. */
  readonly rates: readonly number[]
  /** Bytes that are in use for each more, once everything is collected that nobody holds. */
  readonly held: number
  /** Bytes that the process takes for each more, with what it has not collected and does not give back. */
  readonly resident: number
}

const PATIENCE_MS = 60_000

/** Opens so many clients at a server and sends events until each was heard by all of them, one after the other. */
export async function measureFanOut(
  server: BenchProcess & { readonly inUse: () => Promise<number> },
  listening: Listening,
  { events, send }: { readonly events: number; readonly send: (event: number) => Promise<number> },
): Promise<FanOut> {
  const child = fork(join(import.meta.dirname, 'listeners.ts'), { execArgv: ['--import', 'tsx'] })
  const heard: Heard[] = []
  child.on('message', (message: Heard) => heard.push(message))
  const until = async (is: (message: Heard) => boolean, limit = PATIENCE_MS): Promise<Heard | undefined> => {
    for (const giveUpAt = Date.now() + limit; Date.now() < giveUpAt; await sleep(5)) {
      const found = heard.find(is)
      if (found) return found
      if (child.exitCode !== null) throw new Error('the clients failed')
    }
    return undefined
  }
  try {
    const before = { held: await server.inUse(), resident: server.memory() }
    child.send(listening)
    if (!(await until(({ kind }) => kind === 'open'))) throw new Error('the clients could not connect')
    // The protocol waits ten seconds for introductions, and holds every socket with the timer.
    await sleep(12_000)
    const resident = (server.memory() - before.resident) / listening.count
    const held = ((await server.inUse()) - before.held) / listening.count
    // Nothing tells a client that its subscription stands but its first event.
    await warmUp(send, (event) => until((message) => message.kind === 'event' && message.event === event, 5_000))
    const latencies: number[] = []
    const rates: number[] = []
    for (let event = 1_000; event < 1_000 + events; event++) {
      const committedAt = await send(event)
      const all = await until((message) => message.kind === 'event' && message.event === event)
      if (all?.kind !== 'event') throw new Error(`event ${event} did not reach everybody`)
      latencies.push(...all.times.map((at) => at - committedAt))
      rates.push(listening.count / ((Math.max(...all.times) - committedAt) / 1_000))
      await sleep(100)
    }
    return { subscribers: listening.count, latencies: latencies.sort((a, b) => a - b), rates, held, resident }
  } finally {
    child.kill('SIGKILL')
  }
}

async function warmUp(send: (event: number) => Promise<number>, isHeard: (event: number) => Promise<unknown>) {
  let reached = 0
  for (let event = 0; event < 20; event++) {
    await send(event)
    if (await isHeard(event)) reached++
    if (reached === 3) return
  }
  throw new Error('not everybody is subscribed')
}
