import { randomInt } from 'node:crypto'
import { createServer } from 'node:net'

/**
 * A TCP port of 127.0.0.1 that nobody listens on: the preferred one when it is free. Always below 32768, because from
 * there on systems hand out ports to outgoing connections, which then stand in the way of a server.
 *
 * @throws Error when fifty random ports were all taken
 */
export async function freePort(preferred?: number): Promise<number> {
  if (preferred !== undefined && (await isFree(preferred))) return preferred
  for (let attempt = 0; attempt < 50; attempt++) {
    const port = randomInt(15_000, 32_768)
    if (await isFree(port)) return port
  }
  throw new Error('Found no free port between 15000 and 32767 on 127.0.0.1.')
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer()
    server.once('error', () => resolve(false))
    server.listen({ port, host: '127.0.0.1', exclusive: true }, () => server.close(() => resolve(true)))
  })
}
