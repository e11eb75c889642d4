import { createHash } from 'node:crypto'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'
import type { FastifyInstance } from 'fastify'
import { storyScript } from './graphiql-story.js'

export interface ExampleTab {
  readonly query: string
  readonly variables?: string
  readonly headers?: string
}

const DAY_S = 86_400

// Where the page settles late, GraphiQL's tabs keep an offset that shows once they are pressed: they jump away from the click.
// And its answers frame every no-break space, which amounts of money are full of.
const style = `
  .graphiql-tab { transform: none !important }
  .result-window .unicode-highlight { border-color: transparent !important; background: none !important }`

/** GraphiQL at `/graphiql`: one self-contained page, compressed once when it is first asked for. */
export function registerGraphiqlPage(app: FastifyInstance, tabs: readonly ExampleTab[]): void {
  let rendered: Promise<{ html: Buffer; br: Buffer; gzip: Buffer; etag: string }> | undefined

  const render = async () => {
    // Ten megabytes of text, which a server that nobody opens it on need not load.
    const { renderGraphiQL } = await import('@graphql-yoga/render-graphiql')
    const html = Buffer.from(
      renderGraphiQL({
        title: 'AdTime GraphiQL',
        endpoint: '/graphql',
        subscriptionsProtocol: 'WS',
        credentials: 'same-origin',
        isHeadersEditorEnabled: true,
        shouldPersistHeaders: true,
        defaultEditorToolsVisibility: 'headers',
        schemaDescription: true,
        inputValueDeprecation: true,
        additionalHeaders: { 'apollo-require-preflight': 'true' },
        defaultTabs: tabs.map((tab) => ({ ...tab })) as never,
      }).replace('<head>', `<head><style>${style}</style><script>${storyScript}</script>`),
    )
    const quality = { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } }
    return {
      html,
      br: await promisify(brotliCompress)(html, quality),
      gzip: await promisify(gzip)(html),
      etag: `"${createHash('sha256').update(html).digest('base64url')}"`,
    }
  }

  app.get('/graphiql', async (request, reply) => {
    rendered ??= render()
    const page = await rendered
    reply
      .header('etag', page.etag)
      .header('vary', 'accept-encoding')
      .header('cache-control', `private, max-age=${DAY_S}`)
    // Its editor runs inline scripts and workers made from blobs; nothing may come from, or go to, another origin.
    reply.header(
      'content-security-policy',
      "default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval' blob:; worker-src blob:; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:; connect-src 'self' ws: wss:; frame-ancestors 'none'",
    )
    if (request.headers['if-none-match'] === page.etag) return reply.code(304).send()
    reply.type('text/html; charset=utf-8')
    const accepted = String(request.headers['accept-encoding'] ?? '')
    if (/\bbr\b/.test(accepted)) return reply.header('content-encoding', 'br').send(page.br)
    if (/\bgzip\b/.test(accepted)) return reply.header('content-encoding', 'gzip').send(page.gzip)
    return reply.send(page.html)
  })
}
