import type { FastifyInstance } from 'fastify'

const GOING_AWAY = 1001
const GOODBYE_LIMIT_MS = 2_000
const REQUEST_LIMIT_MS = 9_000
const IDLE_CHECK_MS = 50

/**
 * Stops accepting, closes sockets with 1001 and returns when running requests are answered. Who does not answer the goodbye is cut off
 * after two seconds, who does not finish a request after nine.
 */
export async function closeHttpServer(app: FastifyInstance): Promise<void> {
  const sockets = app.websocketServer.clients
  // Before the streams behind them end: a client that sees 1001 reconnects elsewhere and resumes, one that sees its stream complete would not.
  for (const socket of sockets) socket.close(GOING_AWAY, 'The server is going away')
  const goodbye = setTimeout(() => {
    for (const socket of sockets) socket.terminate()
  }, GOODBYE_LIMIT_MS)
  // A connection that was busy when closing began would be kept alive after its answer.
  const tidying = setInterval(() => app.server.closeIdleConnections(), IDLE_CHECK_MS)
  const patience = setTimeout(() => app.server.closeAllConnections(), REQUEST_LIMIT_MS)
  try {
    await app.close()
  } finally {
    clearTimeout(goodbye)
    clearInterval(tidying)
    clearTimeout(patience)
  }
}
