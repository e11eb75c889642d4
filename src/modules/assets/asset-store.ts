import { createHash } from 'node:crypto'
import { Prisma } from '../../generated/prisma/client.js'
import type { AssetPurpose } from '../../generated/prisma/enums.js'
import type { Clock } from '../../kernel/clock.js'
import { newId } from '../../kernel/ids.js'
import type { Database } from '../../platform/database/database.js'
import type { Transaction } from '../../platform/database/transaction.js'
import { unreferenced } from '../../platform/database/unreferenced.js'
import { queueFileRemoval } from './file-removal.job.js'
import { EXTENSIONS } from './file-type.js'
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
  /** As its owner called it; nothing for what is made here. */
  readonly fileName?: string | null
}

const extensionOf = (contentType: string): string =>
  (EXTENSIONS as Record<string, readonly string[]>)[contentType]?.[0] ?? ''

// The end of an id is random, its beginning is the time: the end spreads files evenly over the folders.
const keyOf = (id: string, contentType: string) => `${id.slice(-2)}/${id}${extensionOf(contentType)}`

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

  /**
   * Those of `ids` that are the owner's, stored for one of these purposes, or for any. None of them goes while the transaction lasts.
   */
  async ownedBy(
    tx: Transaction,
    ownerId: string,
    ids: readonly string[],
    purposes?: readonly AssetPurpose[],
  ): Promise<Set<string>> {
    if (ids.length === 0) return new Set()
    const own = await tx.prisma.$queryRaw<{ id: string }[]>`
      select id::text from assets
      where id = any(${[...ids]}::uuid[]) and owner_id = ${ownerId}::uuid
        ${purposes ? Prisma.sql`and purpose::text = any(${[...purposes]}::text[])` : Prisma.empty}
      order by id for key share`
    return new Set(own.map(({ id }) => id))
  }

  /** Removes those of these chat attachments that nothing refers to any more, their bytes after the commit. */
  async dropUnused(tx: Transaction, ids: readonly string[]): Promise<void> {
    if (ids.length === 0) return
    const wanted = Prisma.sql`a.id = any(${[...ids]}::uuid[]) and a.purpose = 'CHAT_ATTACHMENT'`
    // Whoever is attaching one of them is waited for, and then seen.
    await tx.prisma.$queryRaw`select a.id::text from assets a where ${wanted} order by a.id for update`
    const dropped = await tx.prisma.$queryRaw<{ key: string }[]>`
      delete from assets a where ${wanted} and ${await unreferenced(tx, 'assets', 'a')} returning a.storage_key as key`
    await queueFileRemoval(
      tx,
      dropped.map(({ key }) => key),
    )
  }
}
