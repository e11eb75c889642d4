// Compiles src into dist when it has changed since the last time. Types are checked by `npm run check`; here only the code is wanted, quickly.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../..', import.meta.url))
const stampFile = join(root, 'dist', '.compiled')
const compiler = join(root, 'node_modules', 'typescript', 'bin', 'tsc')
const options = [
  '-p',
  join(root, 'tsconfig.build.json'),
  '--noCheck',
  '--incremental',
  'false',
  '--tsBuildInfoFile',
  'null',
]

function stamp() {
  const sources = readdirSync(join(root, 'src'), { recursive: true }).filter((name) => name.endsWith('.ts'))
  const files = ['tsconfig.json', 'tsconfig.build.json', ...sources.sort().map((name) => join('src', name))]
  const hash = createHash('sha256')
  for (const file of files) {
    const { size, mtimeMs } = statSync(join(root, file))
    hash.update(`${file} ${size} ${mtimeMs}\n`)
  }
  return hash.digest('hex')
}

/** @returns whether dist holds what src says; what the compiler has to say is on the terminal */
export function compileWhatChanged() {
  const current = stamp()
  if (existsSync(stampFile) && readFileSync(stampFile, 'utf8') === current) return true
  // A file that was renamed must not go on living in dist.
  rmSync(join(root, 'dist'), { recursive: true, force: true })
  const { status } = spawnSync(process.execPath, [compiler, ...options], { stdio: 'inherit' })
  if (status === 0) writeFileSync(stampFile, current)
  return status === 0
}
