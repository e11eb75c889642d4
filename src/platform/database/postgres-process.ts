import { type ChildProcess, spawn } from 'node:child_process'
import { createInterface } from 'node:readline'

import { type PostgresAccount, passThroughClosedFolders } from './postgres-account.js'
import { watched } from './watched.js'

/** Why PostgreSQL did not start, with what it printed. */
export class PostgresStartError extends Error {
  constructor(readonly lines: readonly string[]) {
    super(lines.join('\n'))
    this.name = 'PostgresStartError'
  }
}

export interface PostgresCommand {
  readonly program: string
  readonly args: readonly string[]
  readonly account: PostgresAccount
}

const START_LIMIT_MS = 60_000
const STOP_LIMIT_MS = 10_000
const KEPT_LINES = 30

/** Runs a PostgreSQL program to its end. @throws PostgresStartError when it fails */
export async function runToEnd(command: PostgresCommand): Promise<void> {
  const child = spawnAs(command, [command.program, ...command.args])
  const lines = keepLines(child, () => {})
  const code = await new Promise((resolve, reject) => child.once('error', reject).once('close', resolve))
  if (code !== 0) throw new PostgresStartError(lines)
}

/**
 * Starts a server and resolves when it accepts connections.
 *
 * In a session of its own, because Ctrl-C goes to the whole group of the terminal: PostgreSQL would drop its connections
 * while our requests are still being finished.
 *
 * @returns stop(): ends every connection, writes everything down and waits for the end, at most ten seconds
 * @throws PostgresStartError when it ends before it is ready
 */
export async function startServer(command: PostgresCommand, log: (line: string) => void): Promise<() => Promise<void>> {
  const child = spawnAs(command, [...watched, command.program, ...command.args])
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()))
  child.stdin?.on('error', () => {}) // The watcher may be gone first.
  void ended.then(() => child.stdin?.end('\n'))
  await ready(child, ended, log)
  return async () => {
    child.kill('SIGINT')
    const impatience = setTimeout(() => child.kill('SIGQUIT'), STOP_LIMIT_MS)
    await ended
    clearTimeout(impatience)
  }
}

function ready(child: ChildProcess, ended: Promise<void>, log: (line: string) => void): Promise<void> {
  return new Promise((resolve, reject) => {
    const impatience = setTimeout(() => child.kill('SIGQUIT'), START_LIMIT_MS)
    const lines = keepLines(child, (line) => {
      log(line)
      if (!line.includes('database system is ready to accept connections')) return
      clearTimeout(impatience)
      resolve()
    })
    child.once('error', reject)
    void ended.then(() => {
      clearTimeout(impatience)
      reject(new PostgresStartError(lines))
    })
  })
}

function spawnAs({ program, args, account }: PostgresCommand, words: string[]): ChildProcess {
  const prefix = passThroughClosedFolders(account, [program, ...args.filter((arg) => arg.startsWith('/'))])
  const [first = '', ...rest] = [...prefix, ...words]
  return spawn(first, rest, {
    ...(prefix.length === 0 && account),
    cwd: '/',
    detached: true,
    // Nothing of ours decides its language, time zone or libpq defaults.
    env: { PATH: process.env.PATH, LC_ALL: 'C' },
    stdio: ['pipe', 'pipe', 'pipe'],
  })
}

function keepLines(child: ChildProcess, onLine: (line: string) => void): string[] {
  const lines: string[] = []
  for (const stream of [child.stdout, child.stderr]) {
    if (!stream) continue
    createInterface({ input: stream }).on('line', (line) => {
      lines.push(line)
      if (lines.length > KEPT_LINES) lines.shift()
      onLine(line)
    })
  }
  return lines
}
