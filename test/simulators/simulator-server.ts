import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Fault, Faults } from './faults.js'

export interface Call {
  readonly method: string
  readonly url: URL
  readonly headers: IncomingHttpHeaders
  readonly body: string
  readonly fault: Fault | null
}

export interface Answer {
  readonly status: number
  readonly headers?: Readonly<Record<string, string>>
  /** Text is sent as a page, everything else as JSON. */
  readonly body: unknown
  /** Called when the answer is out, or never will be. */
  readonly sent?: () => void
}

interface SimulatorServerOptions {
  /** Any free one unless told. */
  readonly port?: number | undefined
  /** Where the API begins: only its requests meet faults. */
  readonly apiPath: string
  readonly faults: Faults
  handle(call: Call): Answer | Promise<Answer>
  /** The provider's own words for 429 and 500. */
  trouble(status: 429 | 500): Answer
}

export interface SimulatorServer {
  readonly url: string
  close(): Promise<void>
}

/** HTTP with faults around a provider that a test plays. */
export async function serveSimulator(options: SimulatorServerOptions): Promise<SimulatorServer> {
  const stopping = new AbortController()
  const server = createServer((request, response) => {
    answer(request, response, options, stopping.signal).catch((error: unknown) => {
      if (!stopping.signal.aborted) process.stderr.write(`simulator: ${String(error)}\n`)
      request.socket.destroy()
    })
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(options.port ?? 0, '127.0.0.1', resolve)
  })
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async close() {
      stopping.abort()
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  { apiPath, faults, handle, trouble }: SimulatorServerOptions,
  signal: AbortSignal,
): Promise<void> {
  const { method = 'GET', headers } = request
  const url = new URL(request.url ?? '/', `http://${headers.host ?? 'localhost'}`)
  const body = await text(request)
  const fault = url.pathname.startsWith(apiPath) ? faults.take(`${method} ${url.pathname}`) : null
  if (fault === 'dropped-not-applied') return void request.socket.destroy()
  if (fault === 'error-not-applied') return send(response, trouble(500))
  if (fault === 'rate-limited') return send(response, trouble(429))
  const given = await handle({ method, url, headers, body, fault })
  try {
    if (fault === 'dropped-applied') return void request.socket.destroy()
    if (fault === 'error-applied') return send(response, trouble(500))
    if (fault === 'slow') await sleep(faults.slowMs, undefined, { signal })
    send(response, given)
  } finally {
    given.sent?.()
  }
}

function send(response: ServerResponse, { status, headers = {}, body }: Answer): void {
  const isPage = typeof body === 'string'
  response.writeHead(status, { 'content-type': isPage ? 'text/html; charset=utf-8' : 'application/json', ...headers })
  response.end(isPage ? body : JSON.stringify(body))
}
