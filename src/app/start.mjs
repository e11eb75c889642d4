// `npm start`: compiles what has changed since the last time, then runs the server in this very process, so that signals reach it.
// Running the sources as they are would cost every start a second more.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

const root = fileURLToPath(new URL('../..', import.meta.url))
const stampFile = join(root, 'dist', '.compiled')
const compiler = join(root, 'node_modules', 'typescript', 'bin', 'tsc')

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

function compile() {
  // Types are checked by `npm run check`; here only the code is wanted, quickly.
  const options = [
    '-p',
    join(root, 'tsconfig.build.json'),
    '--noCheck',
    '--incremental',
    'false',
    '--tsBuildInfoFile',
    'null',
  ]
  const { status } = spawnSync(process.execPath, [compiler, ...options], { stdio: 'inherit' })
  if (status !== 0) process.exit(1)
}

const current = stamp()
const compiled = existsSync(stampFile) ? readFileSync(stampFile, 'utf8') : null
if (compiled !== current) {
  compile()
  writeFileSync(stampFile, current)
}
await import(pathToFileURL(join(root, 'dist', 'app', 'main.js')).href)
