import { type ChildProcess, spawn } from 'node:child_process'
import { freePort } from '../../src/platform/database/free-port.js'
import { temporaryFolder } from './temporary-folder.js'

export interface Ending {
  readonly code: number | null
  readonly signal: NodeJS.Signals | null
  /** Milliseconds from the last signal we sent. */
  readonly took: number
}

const LIMIT_MS = 100_000

/** The server as its users run it: a process of its own, known by what it prints and how it ends. */
export class ServerProcess {
  output = ''
  readonly ended: Promise<Ending>
  private signalledAt = Date.now()
  private hear = () => {}

  constructor(
    readonly url: string,
    private readonly child: ChildProcess,
  ) {
    for (const stream of [child.stdout, child.stderr])
      stream?.setEncoding('utf8').on('data', (text: string) => {
        this.output += text
        this.hear()
      })
    this.ended = new Promise((resolve) => {
      child.once('close', (code, signal) => {
        resolve({ code, signal, took: Date.now() - this.signalledAt })
        this.hear()
      })
    })
  }

  get pid(): number {
    return this.child.pid ?? 0
  }

  signal(signal: NodeJS.Signals): void {
    this.signalledAt = Date.now()
    this.child.kill(signal)
  }

  stop(signal: NodeJS.Signals = 'SIGTERM'): Promise<Ending> {
    this.signal(signal)
    return this.ended
  }

  /** Waits until it has printed the text. @throws with what it printed when it ended before, or took too long */
  async says(text: string): Promise<this> {
    const giveUpAt = Date.now() + LIMIT_MS
    while (!this.output.includes(text)) {
      const hasEnded = this.child.exitCode !== null || this.child.signalCode !== null
      if (hasEnded || Date.now() > giveUpAt) throw new Error(`the server did not say "${text}":\n${this.output}`)
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, 1_000)
        this.hear = () => {
          clearTimeout(timer)
          resolve()
        }
      })
    }
    return this
  }
}

const started: { readonly child: ChildProcess; readonly server: ServerProcess }[] = []

/** For the end of each file: tests start processes too, and what a test registers for the end of its file is not heard. */
export async function killServerProcesses(): Promise<void> {
  for (const { child, server } of started.splice(0)) {
    child.kill('SIGKILL')
    await server.ended
  }
}

export interface ServerProcessOptions {
  readonly env?: Readonly<Record<string, string>>
  readonly command?: readonly [string, ...string[]]
}

/** Starts a server process on a free port, with nothing of our own environment but PATH. Killed after the file at the latest. */
export async function spawnServer({
  env = {},
  command = [process.execPath, '--enable-source-maps', 'dist/app/main.js'],
}: ServerProcessOptions = {}): Promise<ServerProcess> {
  const port = env.PORT ?? String(await freePort())
  const [program, ...args] = command
  const child = spawn(program, args, {
    env: {
      PATH: process.env.PATH,
      HOME: process.env.HOME,
      PORT: port,
      DATA_DIR: env.DATA_DIR ?? temporaryFolder(),
      SEED: 'none',
      ...env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const server = new ServerProcess(`http://127.0.0.1:${port}`, child)
  started.push({ child, server })
  return server
}
