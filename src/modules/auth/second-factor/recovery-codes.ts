import { createHmac } from 'node:crypto'
import type { Transaction } from '../../../platform/database/transaction.js'
import { randomText } from '../../../platform/secrets/random-text.js'

const COUNT = 10
// 32 characters, none of which is taken for another: no 0 and O, no 1 and I. Ten of them are 50 bits.
const ALPHABET = '23456789ABCDEFGHJKLMNPQRSTUVWXYZ'
const GROUP = 5
const COMPACT = new RegExp(`^[${ALPHABET}]{${2 * GROUP}}$`)

/** Codes for whoever lost the device. Stored as hashes under a key, because a code is too short for a plain one. */
export class RecoveryCodes {
  constructor(private readonly key: Uint8Array) {}

  /** Ten new codes in place of those there were. @returns them as they are shown, once: "7KQ2M-X9HTB" */
  async replace(tx: Transaction, userId: string): Promise<string[]> {
    await tx.prisma.recoveryCode.deleteMany({ where: { userId } })
    const codes = new Set<string>()
    while (codes.size < COUNT) codes.add(randomText(ALPHABET, 2 * GROUP))
    const data = [...codes].map((code) => ({ userId, codeHash: this.hash(userId, code) }))
    await tx.prisma.recoveryCode.createMany({ data })
    return [...codes].map((code) => `${code.slice(0, GROUP)}-${code.slice(GROUP)}`)
  }

  /** Takes a code, in any case of letters, with or without its hyphen. False when it is none of theirs, or was taken before. */
  async take(tx: Transaction, userId: string, code: string, now: Date): Promise<boolean> {
    const compact = code.replaceAll('-', '').toUpperCase()
    if (!COMPACT.test(compact)) return false
    const { count } = await tx.prisma.recoveryCode.updateMany({
      where: { userId, codeHash: this.hash(userId, compact), usedAt: null },
      data: { usedAt: now },
    })
    return count === 1
  }

  private hash(userId: string, code: string): Uint8Array<ArrayBuffer> {
    return new Uint8Array(createHmac('sha256', this.key).update(`recovery-code:${userId}:${code}`).digest())
  }
}
