import { readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'

const root = resolve(import.meta.dirname, '../..')

export interface SourceFile {
  /** From the top of the project: `src/kernel/money.ts`. */
  readonly path: string
  readonly text: string
}

/** The server's own TypeScript: what is under src, without what Prisma generates. */
export const sourceFiles: readonly SourceFile[] = readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('.ts') && !path.startsWith('generated'))
  .map((path) => ({ path: join('src', path), text: readFileSync(join(root, 'src', path), 'utf8') }))
