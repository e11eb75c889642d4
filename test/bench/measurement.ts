import autocannon from 'autocannon'
import type { BenchProcess } from './bench-process.js'
import type { BenchInput, Operation } from './operations.js'
import { isRefusal, type ListeningServer } from './same-answers.js'

export const CONNECTIONS = 32
const REQUESTS_A_CONNECTION = 40

/** One server, one operation, a few seconds. */
export interface Round {
  readonly requestsPerSecond: number
  /** Milliseconds. */
  readonly p50: number
  readonly p99: number
  /** Microseconds of the server's processor time. */
  readonly cpuPerRequest: number
}

/** @throws when any request failed: a fast refusal is no answer */
export async function measure(
  server: ListeningServer & { readonly process: BenchProcess },
  operation: Operation,
  inputs: readonly BenchInput[],
  seconds: number,
): Promise<Round> {
  // Each connection walks through inputs of its own, so nothing is asked twice in a row and no two ask the same at once.
  let connection = Math.floor(Math.random() * inputs.length)
  const cpuBefore = server.process.cpu()
  const result = await autocannon({
    url: server.url,
    connections: CONNECTIONS,
    duration: seconds,
    setupClient: (client) => {
      const start = connection++
      const chosen = Array.from(
        { length: REQUESTS_A_CONNECTION },
        (_, step) => inputs[(start + step * CONNECTIONS) % inputs.length],
      )
      client.setRequests(chosen.flatMap((input) => (input ? server.request(operation, input) : [])))
    },
    verifyBody: (body) => !isRefusal(body),
  })
  const cpu = server.process.cpu() - cpuBefore
  const answered = result['2xx']
  const failed = result.non2xx + result.errors + result.timeouts + result.mismatches
  if (failed > 0 || answered === 0)
    throw new Error(
      `${server.name} failed ${failed} of ${answered + failed} requests for "${operation.name}" (${result.non2xx} not 2xx, ${result.mismatches} with errors, ${result.errors} broken, ${result.timeouts} timed out)`,
    )
  return {
    requestsPerSecond: answered / result.duration,
    p50: result.latency.p50,
    p99: result.latency.p99,
    cpuPerRequest: (cpu / answered) * 1_000_000,
  }
}

/** The median of each figure over the rounds of one server and operation. */
export function medianRound(rounds: readonly Round[]): Round {
  const middle = (figure: (round: Round) => number) => {
    const sorted = rounds.map(figure).sort((left, right) => left - right)
    const half = Math.floor(sorted.length / 2)
    const upper = sorted[half] ?? Number.NaN
    return sorted.length % 2 === 1 ? upper : ((sorted[half - 1] ?? upper) + upper) / 2
  }
  return {
    requestsPerSecond: middle((round) => round.requestsPerSecond),
    p50: middle((round) => round.p50),
    p99: middle((round) => round.p99),
    cpuPerRequest: middle((round) => round.cpuPerRequest),
  }
}
