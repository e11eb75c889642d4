import { createHash } from 'node:crypto'
import type { AssetPurpose } from '../../generated/prisma/enums.js'
import type { Clock } from '../../kernel/clock.js'
import { newId } from '../../kernel/ids.js'
import type { Database } from '../../platform/database/database.js'
import type { Transaction } from '../../platform/database/transaction.js'
import { queueFileRemoval } from './file-removal.job.js'
import type { Storage } from './storage.js'

export interface FileFacts {
  /** A new one unless given. A file stored again under its id replaces itself. */
  readonly id?: string
  readonly contentType: string
  readonly width?: number | null
  readonly height?: number | null
}

/** A file whose bytes are stored and whose row may not be. Plain data, so that it can be kept and recorded later. */
export interface StoredFile {
  readonly id: string
  readonly ownerId: string
  readonly purpose: AssetPurpose
  readonly contentType: string
  readonly byteSize: number
  readonly width: number | null
  readonly height: number | null
  readonly storageKey: string
  readonly sha256: string
}

const EXTENSIONS: Readonly<Record<string, string>> = {
  'image/png': '.png',
  'image/jpeg': '.jpg',
  'image/webp': '.webp',
  'application/pdf': '.pdf',
}

// The end of an id is random, its beginning is the time: the end spreads files evenly over the folders.
const keyOf = (id: string, contentType: string) => `${id.slice(-2)}/${id}${EXTENSIONS[contentType] ?? ''}`

/** Files in two steps, bytes first and the row in the caller's transaction: no row ever points at nothing. */
export class AssetStore {
  constructor(
    private readonly storage: Storage,
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  async store(ownerId: string, purpose: AssetPurpose, bytes: Uint8Array, facts: FileFacts): Promise<StoredFile> {
    const { id = newId(), contentType, width = null, height = null } = facts
    const storageKey = keyOf(id, contentType)
    await this.storage.put(storageKey, bytes)
    const sha256 = createHash('sha256').update(bytes).digest('hex')
    return { id, ownerId, purpose, contentType, byteSize: bytes.byteLength, width, height, storageKey, sha256 }
  }

  async record(tx: Transaction, file: StoredFile): Promise<void> {
    await tx.prisma.asset.create({ data: { ...file, createdAt: this.clock.now() } })
  }

  /** Takes back a file that was stored and never recorded. */
  async discard(file: StoredFile): Promise<void> {
    await this.storage.remove(file.storageKey)
  }

  /** The same once the transaction has committed. */
  async discardAfterCommit(tx: Transaction, files: readonly StoredFile[]): Promise<void> {
    await queueFileRemoval(
      tx,
      files.map(({ storageKey }) => storageKey),
    )
  }

  /** The bytes of a recorded asset. Who may have them is for the caller to know. */
  async read(id: string): Promise<Uint8Array> {
    const { storageKey } = await this.database.prisma.asset.findUniqueOrThrow({
      where: { id },
      select: { storageKey: true },
    })
    return this.storage.read(storageKey)
  }

  /** Those of `ids` that are the owner's, stored for one of these purposes, or for any. */
  async ownedBy(
    tx: Transaction,
    ownerId: string,
    ids: readonly string[],
    purposes?: readonly AssetPurpose[],
  ): Promise<Set<string>> {
    if (ids.length === 0) return new Set()
    const own = await tx.prisma.asset.findMany({
      where: { id: { in: [...ids] }, ownerId, ...(purposes && { purpose: { in: [...purposes] } }) },
      select: { id: true },
    })
    return new Set(own.map(({ id }) => id))
  }
}
