import { createHmac, randomBytes } from 'node:crypto'
import { hash, parseOptions, verify } from '@node-rs/argon2'
import type { Logger } from '../../../platform/observability/logger.js'
import { normalPassword } from './password-strength.js'

/** argon2id at about 100 ms on a small machine. KiB, passes, lanes; passwords with other numbers are hashed anew at sign-in. */
const COST = { memoryCost: 32_768, timeCost: 12, parallelism: 1 } as const

/** What is kept of a password. */
export interface PasswordRecord {
  readonly passwordHash: string
  readonly pepperVersion: number
}

/** argon2id over HMAC-SHA-256(pepper, password): a stolen table is worth nothing without the pepper, which is not in it. */
export class PasswordHasher {
  private readonly currentVersion: number
  private readonly decoy: PasswordRecord

  /** @param peppers by version; the highest is used for new passwords, the others for those made under them */
  constructor(
    private readonly peppers: ReadonlyMap<number, Uint8Array>,
    private readonly log: Pick<Logger, 'error'> | null = null,
  ) {
    this.currentVersion = Math.max(...peppers.keys())
    const { memoryCost, timeCost, parallelism } = COST
    const text = (bytes: number) => randomBytes(bytes).toString('base64').replace(/=+$/, '')
    const passwordHash = `$argon2id$v=19$m=${memoryCost},t=${timeCost},p=${parallelism}$${text(16)}$${text(32)}`
    this.decoy = { passwordHash, pepperVersion: this.currentVersion }
  }

  async hash(password: string): Promise<PasswordRecord> {
    const pepperVersion = this.currentVersion
    return { passwordHash: await hash(this.peppered(password, pepperVersion), COST), pepperVersion }
  }

  /** Whether `password` is the one on record. Without a record, or without its pepper, it is false after the same work. */
  async matches(password: string, record: PasswordRecord | null | undefined): Promise<boolean> {
    const known = record && this.isKnown(record) ? record : null
    const { passwordHash, pepperVersion } = known ?? this.decoy
    const matches = await verify(passwordHash, this.peppered(password, pepperVersion))
    return matches && known !== null
  }

  private isKnown({ pepperVersion }: PasswordRecord): boolean {
    if (this.peppers.has(pepperVersion)) return true
    this.log?.error({ pepperVersion }, 'a password was made with a pepper that PREVIOUS_PASSWORD_PEPPERS lacks')
    return false
  }

  /** Whether the record was made with another pepper or at another cost than new ones are. */
  isOutdated({ passwordHash, pepperVersion }: PasswordRecord): boolean {
    if (pepperVersion !== this.currentVersion || !passwordHash.startsWith('$argon2id$')) return true
    const used = parseOptions(passwordHash)
    return (
      used.memoryCost !== COST.memoryCost || used.timeCost !== COST.timeCost || used.parallelism !== COST.parallelism
    )
  }

  // As text: argon2's verify takes nothing else.
  private peppered(password: string, version: number): string {
    const pepper = this.peppers.get(version)
    if (!pepper) throw new Error(`password pepper ${version} is not configured`)
    return createHmac('sha256', pepper).update(normalPassword(password)).digest('base64')
  }
}
