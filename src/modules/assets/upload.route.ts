import { randomUUID } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Upload } from '../../generated/prisma/client.js'
import { DomainError } from '../../kernel/domain-error.js'
import { isId } from '../../kernel/ids.js'
import { sendProblem } from '../../platform/http/problem.js'
import type { Platform } from '../../platform/platform.js'
import type { StoredFile } from './asset-store.js'
import type { UploadReceiving } from './upload-receiving.service.js'
import { UploadRefusal } from './upload-refusal.js'
import { checkUploadLink } from './upload-url.js'

type UploadRequest = FastifyRequest<{ Params: { id: string }; Querystring: Record<string, unknown>; Body: Readable }>

/** A file that does not come whole may be sent again; each try costs its picture's decoding. */
const TRIES = { points: 10, seconds: 3_600 }

/** PUT /uploads/:id: the bytes of a promised file, behind a signed link. They lie in `folder` until they are known to be good. */
export function uploadRoute(
  { clock, database, secrets, limits }: Platform,
  folder: string,
  receiving: UploadReceiving,
) {
  const tries = limits.limit('upload-tries', TRIES)

  const promised = async ({ params: { id }, query }: UploadRequest): Promise<Upload> => {
    const link = checkUploadLink(id, query, secrets.assetUrlKey, clock.now())
    if (link === 'forged' || !isId(id))
      throw new UploadRefusal(403, 'This link was altered. Ask the API for a new one.')
    if (link === 'expired') throw new UploadRefusal(410, 'This link has expired. Ask the API for a new one.')
    const upload = await database.prisma.upload.findUnique({ where: { id } })
    if (upload) return upload
    const hasCome = await database.prisma.asset.count({ where: { id } })
    throw hasCome > 0
      ? new UploadRefusal(409, 'This file has come already.')
      : new UploadRefusal(410, 'Nobody waits for this file.')
  }

  const receive = async (request: UploadRequest, reply: FastifyReply): Promise<FastifyReply> => {
    const upload = await promised(request)
    requireAnnounced(request.headers, upload)
    await tries.take(upload.id)
    await mkdir(folder, { recursive: true })
    const path = join(folder, `${upload.id}.${randomUUID()}.part`)
    try {
      await pipeline(request.body, createWriteStream(path, { flags: 'wx' })).catch(blameSender)
      const file = await receiving.finish(upload, path)
      return await reply.code(201).send(facts(file))
    } finally {
      await rm(path, { force: true })
    }
  }
  return (app: FastifyInstance): void => {
    void app.register(async (scope) => {
      // The body goes to the disk as it comes. The parser of HTTP takes no more of it than its length says, which was checked.
      scope.removeAllContentTypeParsers()
      scope.addContentTypeParser('*', (_request, body, done) => done(null, body))
      scope.setErrorHandler(refuse)
      scope.put('/uploads/:id', receive)
    })
  }
}

/** @throws UploadRefusal unless the headers say what the ticket says */
function requireAnnounced(headers: UploadRequest['headers'], { contentType, byteSize }: Upload): void {
  const type = headers['content-type']?.split(';')[0]?.trim().toLowerCase()
  if (type !== contentType) throw new UploadRefusal(415, `The ticket is for ${contentType}.`)
  const length = headers['content-length']
  if (length === undefined) throw new UploadRefusal(411, 'The length has to be known.')
  if (Number(length) > byteSize) throw new UploadRefusal(413, `The ticket is for ${byteSize} bytes.`)
  if (Number(length) < byteSize) throw new UploadRefusal(400, `The ticket is for ${byteSize} bytes.`)
}

/** @throws UploadRefusal when the connection was what broke, otherwise what it was given */
function blameSender(error: unknown): never {
  const { code } = error as { readonly code?: string }
  if (code !== 'ECONNRESET' && code !== 'ERR_STREAM_PREMATURE_CLOSE') throw error
  throw new UploadRefusal(400, 'The file did not come to its end.', error)
}

const facts = ({ id, contentType, byteSize, width, height }: StoredFile) => ({
  id,
  contentType,
  byteSize,
  width,
  height,
})

function refuse(error: FastifyError | UploadRefusal | DomainError, _request: FastifyRequest, reply: FastifyReply) {
  // What was not read of the body is not read any more.
  void reply.headers({ 'cache-control': 'no-store', connection: 'close' })
  if (error instanceof UploadRefusal) return sendProblem(reply, error.status, error.message)
  if (!(error instanceof DomainError) || error.code !== 'RATE_LIMITED') throw error
  return sendProblem(reply.header('retry-after', error.retryAfter ?? 1), 429, error.message)
}
