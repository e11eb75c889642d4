import type { Upload } from '../../generated/prisma/client.js'
import { inputError, unauthenticated, type WrongField } from '../../kernel/domain-error.js'
import { newId } from '../../kernel/ids.js'
import type { SignedInViewer, Viewer } from '../../kernel/viewer.js'
import { inTransaction } from '../../platform/database/transaction.js'
import type { Platform } from '../../platform/platform.js'
import type { CreateUploadArgs } from './create-upload.args.js'
import { fileNameFor } from './file-name.js'
import type { FileType } from './file-type.js'
import { UPLOAD_LIFETIME_MS, uploadRules } from './upload-rules.js'
import type { UploadTicket } from './upload-ticket.type.js'
import { signedUploadPath } from './upload-url.js'

const HOUR = 3_600
const DAY = 24 * HOUR

/** Gives out tickets: who may send what, how large and where to. Nothing is stored but the promise. */
export class UploadTickets {
  private readonly limits

  constructor(private readonly platform: Platform) {
    const { limits } = platform
    this.limits = {
      member: {
        files: limits.limit('uploads', { points: 60, seconds: HOUR }),
        megabytes: limits.limit('upload-megabytes', { points: 500, seconds: DAY }),
      },
      // Anybody can be a guest, as often as they like.
      guest: {
        files: limits.limit('guest-uploads', { points: 10, seconds: HOUR }),
        megabytes: limits.limit('guest-upload-megabytes', { points: 50, seconds: DAY }),
      },
    }
  }

  /** @throws BAD_USER_INPUT with every wrong field, RATE_LIMITED */
  async issue(viewer: Viewer, args: CreateUploadArgs): Promise<UploadTicket> {
    if (viewer.kind === 'visitor') throw unauthenticated()
    const file = fileFrom(args)
    const createdAt = this.platform.clock.now()
    // URLs carry whole seconds, and both are to end at once.
    const expires = Math.ceil((createdAt.getTime() + UPLOAD_LIFETIME_MS) / 1000)
    const upload = { id: newId(), ownerId: viewer.userId, ...file, createdAt, expiresAt: new Date(expires * 1000) }
    await inTransaction(this.platform.database, async (tx) => {
      await tx.prisma.upload.create({ data: upload })
      await this.count(viewer, upload)
    })
    const { config, secrets } = this.platform
    return {
      asset: assetOf(upload),
      uploadUrl: config.publicUrl + signedUploadPath({ id: upload.id, expires }, secrets.assetUrlKey),
      method: 'PUT',
      headers: { 'content-type': upload.contentType },
      expiresAt: upload.expiresAt,
    }
  }

  private async count({ isGuest, userId }: SignedInViewer, { byteSize }: Upload): Promise<void> {
    const { files, megabytes } = isGuest ? this.limits.guest : this.limits.member
    await files.take(userId)
    await megabytes.take(userId, Math.ceil(byteSize / 1e6))
  }
}

function fileFrom({ purpose, fileName, contentType: givenType, byteSize }: CreateUploadArgs) {
  const rule = uploadRules[purpose]
  if (!rule) throw inputError([{ path: 'purpose', message: 'must be something that is uploaded' }])
  const contentType = givenType.toLowerCase() as FileType
  const isTaken = rule.types.includes(contentType)
  const name = isTaken ? fileNameFor(fileName, contentType) : fileName
  const wrong: WrongField[] = []
  if (name === null) wrong.push({ path: 'fileName', message: 'must be the name of a file' })
  if (!isTaken) wrong.push({ path: 'contentType', message: `must be one of ${rule.types.join(', ')}` })
  if (byteSize > rule.maxBytes) wrong.push({ path: 'byteSize', message: `must be at most ${rule.maxBytes}` })
  if (wrong.length > 0 || name === null) throw inputError(wrong)
  return { purpose, fileName: name, contentType, byteSize }
}

const assetOf = ({ id, fileName, contentType, byteSize, createdAt }: Upload): UploadTicket['asset'] => ({
  id,
  fileName,
  contentType,
  byteSize,
  width: null,
  height: null,
  createdAt: createdAt.toISOString(),
})
