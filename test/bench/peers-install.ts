import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

/** Installs the peers' packages with `npm ci` when there are none, or others than their lock file says. */
export async function installPeers(folder: string, signal: AbortSignal): Promise<void> {
  const stamp = join(folder, 'node_modules/.installed')
  const wanted = createHash('sha256')
    .update(await readFile(join(folder, 'package-lock.json')))
    .digest('hex')
  if ((await readFile(stamp, 'utf8').catch(() => '')) === wanted) return
  console.log('Installing the servers to compare with')
  const child = spawn('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: folder,
    stdio: 'inherit',
    signal,
  })
  const code = await new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('exit', resolve)
  })
  if (code !== 0) throw new Error('npm ci failed in test/bench/peers')
  await writeFile(stamp, wanted)
}
