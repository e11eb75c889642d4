import { open, readFile } from 'node:fs/promises'
import pLimit from 'p-limit'
import type { Upload } from '../../generated/prisma/client.js'
import type { Database } from '../../platform/database/database.js'
import { inTransaction } from '../../platform/database/transaction.js'
import type { AssetStore, StoredFile } from './asset-store.js'
import { type FileType, isPicture, SNIFFED_BYTES, sniffType } from './file-type.js'
import { cleanPicture } from './picture-cleaning.js'
import { UploadRefusal } from './upload-refusal.js'
import { uploadRules } from './upload-rules.js'

/** Pictures lie unpacked in the memory while they are encoded. */
const AT_ONCE = 2

const END_OF_PDF = '%%EOF'
/** How far from its end a PDF may say that it is over. */
const PDF_TAIL = 1_024

export interface UploadReceivingDeps {
  readonly database: Database
  readonly assets: AssetStore
}

interface CheckedFile {
  readonly bytes: Uint8Array
  readonly width: number | null
  readonly height: number | null
}

/** Makes assets of files that have come. It knows nothing of how they came: a storage that takes them itself would call it from a job. */
export class UploadReceiving {
  private readonly turn = pLimit(AT_ONCE)

  constructor(private readonly deps: UploadReceivingDeps) {}

  /**
   * Looks into the file at `path` and has it be the asset that the upload promised. Once: of two that come at a time one wins.
   * @throws UploadRefusal for a file that is not what it was said to be, and when the asset is there already
   */
  async finish(upload: Upload, path: string): Promise<StoredFile> {
    const { assets, database } = this.deps
    const { id, ownerId, purpose, fileName } = upload
    const contentType = upload.contentType as FileType
    const { bytes, width, height } = await this.turn(() => check(upload, path))
    // Under a name of its own until it has won: the loser's bytes must not replace the winner's.
    const stored = await assets.store(ownerId, purpose, bytes, { contentType, width, height })
    const file = { ...stored, id, fileName }
    const won = await inTransaction(database, async (tx) => {
      const { count } = await tx.prisma.upload.deleteMany({ where: { id } })
      if (count === 1) await assets.record(tx, file)
      return count === 1
    })
    if (won) return file
    await assets.discard(stored)
    throw new UploadRefusal(409, 'This file has come already.')
  }
}

async function check({ purpose, contentType }: Upload, path: string): Promise<CheckedFile> {
  const rule = uploadRules[purpose]
  const type = await typeOf(path)
  if (!rule || type !== contentType)
    throw new UploadRefusal(422, `The file was announced as ${contentType} and is ${type ?? 'nothing of the kind'}.`)
  if (isPicture(type)) return cleanPicture(path, type, rule)
  const bytes = await readFile(path)
  if (!bytes.subarray(-PDF_TAIL).includes(END_OF_PDF))
    throw new UploadRefusal(422, 'The document has no end: it is damaged or cut off.')
  return { bytes, width: null, height: null }
}

async function typeOf(path: string): Promise<FileType | null> {
  const file = await open(path)
  try {
    const { buffer, bytesRead } = await file.read({ buffer: Buffer.alloc(SNIFFED_BYTES), position: 0 })
    return sniffType(buffer.subarray(0, bytesRead))
  } finally {
    await file.close()
  }
}
