import type pg from 'pg'
import type { StoredFile } from '../../../modules/assets/index.js'
import type { PasswordRecord } from '../../../modules/auth/index.js'
import type { BulkOptions } from './bulk-options.js'

export interface BulkContext {
  readonly client: pg.Client
  readonly options: BulkOptions
  /** Everything happened before this moment. */
  readonly now: Date
  readonly password: PasswordRecord
  /** Rows of pictures that all designs share. */
  readonly pictures: readonly StoredFile[]
}

/** A part of the work. */
export interface BulkStep {
  readonly name: string
  /** How long it takes, in parts of the whole. */
  readonly weight: number
  /** Does it, and says after each part of it how much of it was done (0 to 1 in all) and how many rows were written. */
  run(context: BulkContext, advance: (share: number, rows: number) => void): Promise<void>
}

/** A step of statements that run one after another. Each has `$1` and so on from its own list. */
export const statements = (
  name: string,
  weight: number,
  list: (context: BulkContext) => readonly (readonly [sql: string, ...values: unknown[]])[],
): BulkStep => ({
  name,
  weight,
  async run(context, advance) {
    const all = list(context)
    for (const [sql, ...values] of all) {
      const { rowCount, command } = await context.client.query(sql, values)
      advance(1 / all.length, command === 'INSERT' ? (rowCount ?? 0) : 0)
    }
  },
})
