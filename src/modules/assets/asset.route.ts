import fastifyStatic from '@fastify/static'
import contentDisposition from 'content-disposition'
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Asset } from '../../generated/prisma/client.js'
import { isId } from '../../kernel/ids.js'
import { sendProblem } from '../../platform/http/problem.js'
import type { Platform } from '../../platform/platform.js'
import { type AssetQuery, checkAssetLink } from './asset-url.js'
import { takeOverConditions } from './conditional-request.js'
import { isPicture } from './file-type.js'
import type { Storage } from './storage.js'

type AssetRequest = FastifyRequest<{ Params: { id: string }; Querystring: AssetQuery }>

const REFUSALS = {
  403: 'This link was altered. Ask the API for a new one.',
  404: 'There is no such file, or it is gone.',
  410: 'This link has expired. Ask the API for a new one.',
  416: 'The file has no such part.',
} as const

const refuse = (reply: FastifyReply, status: keyof typeof REFUSALS): FastifyReply =>
  sendProblem(reply.header('cache-control', 'no-store'), status, REFUSALS[status])

/** A part that lies beyond the end of the file is answered with how long the file is; any other error is the server's to handle. */
function refuseRange(
  error: FastifyError & { headers?: Record<string, string> },
  _request: unknown,
  reply: FastifyReply,
) {
  if (error.statusCode !== 416) throw error
  return refuse(reply.headers(error.headers ?? {}), 416)
}

/** Pictures are shown; what a browser would run something for is saved. */
const dispositionOf = ({ contentType, fileName }: Pick<Asset, 'contentType' | 'fileName'>): string =>
  contentDisposition(fileName ?? undefined, { type: isPicture(contentType) ? 'inline' : 'attachment' })

/** GET and HEAD /assets/:id: the bytes behind a signed link, in parts when asked for. */
export function assetRoute({ clock, database, secrets }: Platform, storage: Storage) {
  const serve = async (request: AssetRequest, reply: FastifyReply): Promise<FastifyReply> => {
    const now = clock.now()
    const link = checkAssetLink(request.params.id, request.query, secrets.assetUrlKey, now)
    if (link === 'forged' || !isId(request.params.id)) return refuse(reply, 403)
    if (link === 'expired') return refuse(reply, 410)
    const asset = await database.prisma.asset.findUnique({ where: { id: link.id } })
    const file = asset && (await storage.locate(asset.storageKey))
    if (!file) return refuse(reply, 404)

    const etag = `"${asset.sha256}"`
    const secondsLeft = Math.floor(link.expires - now.getTime() / 1000)
    void reply.headers({
      etag,
      'cache-control': `private, max-age=${secondsLeft}, immutable`,
      'content-disposition': dispositionOf(asset),
      // Styles are the browser's own, with which it centres a picture that is opened by itself.
      'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; sandbox",
      'cross-origin-resource-policy': 'cross-origin',
      'x-content-type-options': 'nosniff',
    })
    if (takeOverConditions(request.raw.headers, etag) === 'unchanged') return reply.code(304).send()
    return reply.type(asset.contentType).sendFile(file.path, file.root)
  }
  return (app: FastifyInstance): void => {
    void app.register(async (scope) => {
      // Type and validators are the asset's own, not guessed from a file.
      const plain = { serve: false, cacheControl: false, contentType: false, etag: false, lastModified: false } as const
      await scope.register(fastifyStatic, plain)
      scope.setErrorHandler(refuseRange)
      scope.get('/assets/:id', serve)
    })
  }
}
