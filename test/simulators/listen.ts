import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll } from 'vitest'

/** Answers a request, now or later. What it throws ends the connection. */
export type Handler = (request: IncomingMessage, response: ServerResponse) => unknown

/** A server of this test file's own on a free port. Closed after the file. @returns its origin */
export async function listen(handler: Handler, host = '127.0.0.1'): Promise<string> {
  const handle = async (request: IncomingMessage, response: ServerResponse) => handler(request, response)
  const server = createServer((request, response) => {
    handle(request, response).catch(() => response.destroy())
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  afterAll(async () => {
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  })
  return `http://${host}:${(server.address() as AddressInfo).port}`
}
