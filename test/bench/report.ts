import { type ServerName, serverNames } from './bench-server.js'
import type { Round } from './measurement.js'
import { type OperationName, operations } from './operations.js'

export type Results = Readonly<Record<OperationName, Readonly<Record<ServerName, Round>>>>

interface Aim {
  readonly against: Exclude<ServerName, 'AdTime'>
  /** The most that our CPU per request may be of theirs. */
  readonly atMost: number
}

/** For reads. */
export const aims: readonly Aim[] = [
  { against: 'Mercurius', atMost: 0.7 },
  { against: 'PostGraphile', atMost: 0.5 },
  { against: 'limit', atMost: 4 },
]

export interface Verdict extends Aim {
  readonly operation: OperationName
  readonly cpuRatio: number
  readonly requestsRatio: number
  /** Null where nothing is aimed at. */
  readonly isMet: boolean | null
}

export const verdictsOf = (results: Results): Verdict[] =>
  operations.flatMap(({ name, isRead }) =>
    aims.map(({ against, atMost }) => {
      const { AdTime: ours, [against]: theirs } = results[name]
      const cpuRatio = ours.cpuPerRequest / theirs.cpuPerRequest
      const requestsRatio = ours.requestsPerSecond / theirs.requestsPerSecond
      return { operation: name, against, atMost, cpuRatio, requestsRatio, isMet: isRead ? cpuRatio <= atMost : null }
    }),
  )

const WIDTHS = [14, 14, 10, 9, 9, 12] as const

const row = (...cells: readonly string[]) =>
  cells
    .map((cell, index) => (index < 2 ? cell.padEnd(WIDTHS[index] ?? 10) : cell.padStart(WIDTHS[index] ?? 10)))
    .join(' ')

/** For a terminal: every figure, then the ratios and whether the aims are met. */
export function tableOf(results: Results): string {
  const lines = [row('operation', 'server', 'req/s', 'p50 ms', 'p99 ms', 'CPU us/req')]
  for (const { name } of operations)
    for (const server of serverNames) {
      const { requestsPerSecond, p50, p99, cpuPerRequest } = results[name][server]
      lines.push(
        row(name, server, requestsPerSecond.toFixed(0), p50.toFixed(1), p99.toFixed(1), cpuPerRequest.toFixed(0)),
      )
    }
  lines.push('', row('operation', 'AdTime to', 'CPU', 'aim', '', 'req/s'))
  for (const { operation, against, atMost, cpuRatio, requestsRatio, isMet } of verdictsOf(results)) {
    const verdict = isMet === null ? '' : isMet ? 'met' : 'MISSED'
    const aim = isMet === null ? '' : `<= ${atMost}`
    lines.push(row(operation, against, `${cpuRatio.toFixed(2)} x`, aim, verdict, `${requestsRatio.toFixed(2)} x`))
  }
  return lines.join('\n')
}
