import { CloseCode, type makeServer, type WebSocket as ProtocolSocket } from 'graphql-ws'
import type { WebSocket } from 'ws'
import type { Logger } from '../observability/logger.js'
import type { Caller } from './caller.js'
import { SocketOutflow } from './socket-outflow.js'

const KEEP_ALIVE_MS = 12_000

/** What the protocol knows of a socket besides. */
export interface SocketExtra {
  readonly caller: Caller
  /** Ends everything that runs on the socket at once, and says why to the client. */
  readonly close: (code: number, reason: string) => void
}

type Protocol<Extra extends SocketExtra> = Pick<ReturnType<typeof makeServer<Record<string, unknown>, Extra>>, 'opened'>

/** Lets a socket speak the protocol, and ends it when it is dead, when it breaks, and when what goes out is not taken. */
export function openTransport<Extra extends SocketExtra>(
  protocol: Protocol<Extra>,
  socket: WebSocket,
  caller: Caller,
  log: Logger,
): void {
  const name = { requestId: caller.requestId }
  let isAlive = true
  let end = () => {}

  const close = (code: number, reason: string) => {
    socket.close(code, reason)
    // The client may take long to close it from its side; nothing is to run for it meanwhile.
    end()
  }
  const outflow = new SocketOutflow(socket, close)
  const hear = (onMessage: Parameters<ProtocolSocket['onMessage']>[0]) => {
    socket.on('message', (data) => {
      onMessage(String(data)).catch((error: unknown) => {
        log.error({ err: error, ...name }, 'a message on a socket failed')
        close(CloseCode.InternalServerError, 'Internal server error')
      })
    })
  }
  const adapter: ProtocolSocket = {
    protocol: socket.protocol,
    send: (message) => outflow.send(message),
    close,
    onMessage: hear,
  }
  const ended = protocol.opened(adapter, { caller, close } as Extra)

  const keepAlive = setInterval(() => {
    if (socket.readyState !== socket.OPEN) return
    if (!isAlive) return socket.terminate()
    isAlive = false
    socket.ping()
  }, KEEP_ALIVE_MS).unref()
  socket.on('pong', () => {
    isAlive = true
  })
  // ws itself closes the socket with the code for what the client did wrong.
  socket.on('error', (error) => log.debug({ err: error, ...name }, 'a socket broke'))

  end = () => {
    end = () => {}
    clearInterval(keepAlive)
    outflow.end()
    Promise.resolve(ended()).catch((error: unknown) => log.error({ err: error, ...name }, 'a socket did not end well'))
  }
  socket.once('close', () => end())
}
