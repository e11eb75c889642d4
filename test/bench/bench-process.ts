import { type ChildProcess, spawn } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { watched } from '../../src/platform/database/watched.js'

const START_LIMIT_MS = 30_000
const STOP_LIMIT_MS = 10_000
const TICKS_A_SECOND = 100
const PAGE_BYTES = 4_096

export interface BenchProcess {
  /** Seconds of processor time that it and its children have used so far, in user and system mode. */
  cpu(): number
  /** Bytes of memory that it and its children hold now (VmRSS). */
  memory(): number
  stop(): Promise<void>
}

interface BenchCommand {
  readonly name: string
  readonly args: readonly string[]
  readonly cwd: string
  readonly env: Readonly<Record<string, string>>
  /** Answers once the server listens. */
  readonly readyUrl: string
}

/** Starts a server in a process group of its own, which ends with this process however that ends. */
export async function startBenchProcess({ name, args, cwd, env, readyUrl }: BenchCommand): Promise<BenchProcess> {
  const [shell = '', ...before] = watched
  const child = spawn(shell, [...before, process.execPath, ...args], {
    cwd,
    env: { PATH: process.env.PATH ?? '', HOME: process.env.HOME ?? '', ...env },
    stdio: ['pipe', 'pipe', 'pipe'],
    detached: true,
  })
  const said: string[] = []
  child.stdout.on('data', (chunk: Buffer) => void said.push(chunk.toString()))
  child.stderr.on('data', (chunk: Buffer) => void said.push(chunk.toString()))
  const group = child.pid
  if (group === undefined) throw new Error(`${name} could not be started`)
  const stop = () => stopGroup(child, group)
  const giveUpAt = Date.now() + START_LIMIT_MS
  while (!(await answers(readyUrl))) {
    if (child.exitCode !== null || Date.now() > giveUpAt) {
      await stop()
      throw new Error(`${name} did not start:\n${said.join('')}`)
    }
    await sleep(100)
  }
  return { cpu: () => cpuOfGroup(group), memory: () => memoryOfGroup(group), stop }
}

const answers = (url: string): Promise<boolean> =>
  fetch(url, { signal: AbortSignal.timeout(1_000) }).then(
    async (response) => {
      await response.arrayBuffer()
      return true
    },
    () => false,
  )

async function stopGroup(child: ChildProcess, group: number): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const ended = new Promise((resolve) => child.once('exit', resolve))
  signal(group, 'SIGTERM')
  const patience = setTimeoutOf(STOP_LIMIT_MS, () => signal(group, 'SIGKILL'))
  await ended
  clearTimeout(patience)
  child.stdin?.end('\n')
}

const setTimeoutOf = (ms: number, act: () => void) => globalThis.setTimeout(act, ms)

function signal(group: number, name: NodeJS.Signals): void {
  try {
    process.kill(-group, name)
  } catch {
    // Gone by itself.
  }
}

const sumOverProcesses = (of: (pid: string) => number): number =>
  readdirSync('/proc')
    .filter((entry) => /^\d+$/.test(entry))
    .reduce((sum, pid) => sum + of(pid), 0)

const cpuOfGroup = (group: number): number => sumOverProcesses((pid) => ticksOf(pid, group)) / TICKS_A_SECOND
const memoryOfGroup = (group: number): number => sumOverProcesses((pid) => memoryOf(pid, group))

// /proc/PID/stat: "pid (name) state ppid pgrp … utime stime cutime cstime … rss …"; a name may hold spaces and brackets.
function statOf(pid: string): string[] {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  } catch {
    return []
  }
}

function ticksOf(pid: string, group: number): number {
  const fields = statOf(pid)
  return Number(fields[2]) === group ? Number(fields[11]) + Number(fields[12]) : 0
}

function memoryOf(pid: string, group: number): number {
  const fields = statOf(pid)
  return Number(fields[2]) === group ? Number(fields[21]) * PAGE_BYTES : 0
}
