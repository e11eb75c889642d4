import 'reflect-metadata'
import { execFileSync } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { emitSchema } from '../../src/app/emit-schema.js'
import { schemaBreaks } from './schema-breaks.js'

const FILE = 'schema.graphql'

function git(...args: string[]): string | null {
  try {
    return execFileSync('git', args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] })
  } catch {
    return null
  }
}

const commitOf = (revision: string): string | null => git('rev-parse', '--verify', revision)
const schemaAt = (revision: string): string | null => git('show', `${revision}:${FILE}`)

/** What clients were last given: origin/main; where that is checked out, or is not known, the commit before the change. */
function publishedRevision(emitted: string): string | undefined {
  const before = schemaAt('HEAD') === emitted ? 'HEAD~1' : 'HEAD'
  const main = commitOf('origin/main') === commitOf('HEAD') ? [] : ['origin/main']
  const candidates = process.env.SCHEMA_BASE ? [process.env.SCHEMA_BASE] : [...main, before]
  return candidates.find((revision) => schemaAt(revision) !== null)
}

const emitted = await emitSchema()
const committed = await readFile(FILE, 'utf8').catch(() => '')
const base = publishedRevision(emitted)

if (emitted !== committed) {
  console.error(`${FILE} is stale: run npm run schema, and commit what it writes.`)
  process.exitCode = 1
}
if (base) {
  const breaks = await schemaBreaks(schemaAt(base) ?? '', emitted)
  if (breaks.length > 0) {
    console.error(`${FILE} breaks clients of ${base}:\n${breaks.map((line) => `- ${line}`).join('\n')}`)
    console.error('Where that is meant, say so in the commit, and check with SCHEMA_BASE=HEAD once it is made.')
    process.exitCode = 1
  } else console.log(`${FILE} breaks no client of ${base}.`)
} else console.log(`There is no earlier ${FILE} to compare with: breaking changes were not looked for.`)
