import { createHmac, randomInt, timingSafeEqual } from 'node:crypto'
import type { Clock } from '../../../kernel/clock.js'
import type { Database } from '../../../platform/database/database.js'
import type { Transaction } from '../../../platform/database/transaction.js'

const DIGITS = 6
const LIFETIME_MS = 5 * 60 * 1_000
const MAX_TRIES = 5

/** The codes that are out: one a phone, known only by its keyed hash. */
export class PhoneCodes {
  constructor(
    private readonly database: Pick<Database, 'prisma'>,
    private readonly clock: Clock,
    private readonly key: Uint8Array,
  ) {}

  /** A new code for the phone, with tries of its own; the one before is worth nothing any more. */
  async issue(tx: Transaction, phone: string): Promise<string> {
    const code = randomInt(10 ** DIGITS)
      .toString()
      .padStart(DIGITS, '0')
    const createdAt = this.clock.now()
    const expiresAt = new Date(createdAt.getTime() + LIFETIME_MS)
    const issued = { codeHash: this.hash(phone, code), attempts: 0, createdAt, expiresAt }
    await tx.prisma.phoneCode.upsert({ where: { phone }, create: { phone, ...issued }, update: issued })
    return code
  }

  /** Whether a code is the one that its phone waits for. Not a try. */
  async isCurrent(phone: string, code: string): Promise<boolean> {
    const codeHash = this.hash(phone, code)
    return (await this.database.prisma.phoneCode.count({ where: { phone, codeHash, expiresAt: this.isLater() } })) > 0
  }

  /**
   * Counts a try and judges it, outside of any transaction: it stays counted whatever becomes of it, and of parallel tries no more than
   * five are judged.
   */
  async matches(phone: string, code: string): Promise<boolean> {
    const given = this.hash(phone, code)
    const [counted] = await this.database.prisma.phoneCode.updateManyAndReturn({
      where: { phone, attempts: { lt: MAX_TRIES }, expiresAt: this.isLater() },
      data: { attempts: { increment: 1 } },
      select: { codeHash: true },
    })
    return counted !== undefined && timingSafeEqual(counted.codeHash, given)
  }

  /** Uses a code up; of parallel uses one gets true. It comes back if the transaction is rolled back. */
  async take(tx: Transaction, phone: string, code: string): Promise<boolean> {
    const { count } = await tx.prisma.phoneCode.deleteMany({ where: { phone, codeHash: this.hash(phone, code) } })
    return count === 1
  }

  private isLater() {
    return { gt: this.clock.now() }
  }

  private hash(phone: string, code: string): Uint8Array<ArrayBuffer> {
    return new Uint8Array(createHmac('sha256', this.key).update(`phone-code:${phone}:${code}`).digest())
  }
}
