import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'

import { freePort } from '../../src/platform/database/free-port.js'
import { watched } from '../../src/platform/database/watched.js'
import { findOnPath } from './find-on-path.js'

export interface PrivateRedis {
  readonly url: string
  /** Freezes it (SIGSTOP), as a machine that swaps does: its connections stay, and it says nothing. */
  freeze(): void
  thaw(): void
  stop(): Promise<void>
}

/** Starts redis-server from PATH, on a free port unless told, keeping nothing on disk. Null where there is none. */
export async function startPrivateRedis(folder: string, fixedPort?: number): Promise<PrivateRedis | null> {
  const program = findOnPath('redis-server')
  if (!program) return null
  const port = fixedPort ?? (await freePort())
  const settings = ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no', '--dir', folder]
  const [first = '', ...words] = [...watched, program, ...settings]
  const child = spawn(first, words, { detached: true, stdio: ['pipe', 'pipe', 'inherit'] })
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()))
  await new Promise<void>((resolve, reject) => {
    const lines: string[] = []
    createInterface({ input: child.stdout }).on('line', (line) => {
      lines.push(line)
      if (line.includes('Ready to accept connections')) resolve()
    })
    void ended.then(() => reject(new Error(`redis-server did not start:\n${lines.join('\n')}`)))
  })
  const stop = async () => {
    child.kill('SIGCONT')
    child.stdin.end('\n')
    child.kill('SIGINT')
    await ended
  }
  return {
    url: `redis://127.0.0.1:${port}`,
    freeze: () => child.kill('SIGSTOP'),
    thaw: () => child.kill('SIGCONT'),
    stop,
  }
}
