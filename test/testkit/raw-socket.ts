import WebSocket from 'ws'

export interface SocketMessage {
  readonly id?: string
  readonly type: string
  readonly payload?: unknown
}

/** A socket without a client library: sends whatever it is told, and keeps what came. */
export class RawSocket {
  readonly received: SocketMessage[] = []
  /** Settles when the socket is closed, with its code. */
  readonly closed: Promise<number>
  /** What it was closed with besides, once it is. */
  closeReason = ''
  private readonly socket: WebSocket
  private hear = () => {}

  private constructor(url: string, origin: string | undefined, headers: Readonly<Record<string, string>>) {
    this.socket = new WebSocket(`${url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws', {
      ...(origin !== undefined && { origin }),
      headers: { ...headers },
    })
    this.socket.on('message', (data) => {
      this.received.push(JSON.parse(String(data)) as SocketMessage)
      this.hear()
    })
    this.closed = new Promise((resolve) =>
      this.socket.once('close', (code, reason) => {
        this.closeReason = String(reason)
        resolve(code)
      }),
    )
  }

  /** @throws with the HTTP status when the server refuses the socket */
  static async open(url: string, origin?: string, headers: Readonly<Record<string, string>> = {}): Promise<RawSocket> {
    const raw = new RawSocket(url, origin, headers)
    await new Promise<void>((resolve, reject) => {
      raw.socket.once('open', resolve).once('error', reject)
    })
    return raw
  }

  /** Opens a socket and introduces itself. */
  static async connect(
    url: string,
    token: string | null = null,
    origin?: string,
    headers?: Readonly<Record<string, string>>,
  ): Promise<RawSocket> {
    const raw = await RawSocket.open(url, origin, headers)
    raw.send({ type: 'connection_init', payload: token === null ? {} : { authorization: `Bearer ${token}` } })
    await raw.next(({ type }) => type === 'connection_ack')
    return raw
  }

  send(message: object | string): void {
    this.socket.send(typeof message === 'string' ? message : JSON.stringify(message))
  }

  /** Runs one operation and returns what came for it first: a result, or errors. */
  async ask(id: string, payload: Readonly<Record<string, unknown>>): Promise<SocketMessage> {
    this.send({ id, type: 'subscribe', payload })
    return this.next((message) => message.id === id)
  }

  /** The first message that fits, come or coming. @throws after ten seconds, with what came */
  async next(fits: (message: SocketMessage) => boolean): Promise<SocketMessage> {
    const giveUpAt = Date.now() + 10_000
    for (;;) {
      const found = this.received.find(fits)
      if (found) return found
      if (Date.now() > giveUpAt) throw new Error(`it did not come: ${JSON.stringify(this.received)}`)
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, 200)
        this.hear = () => {
          clearTimeout(timer)
          resolve()
        }
      })
    }
  }

  async close(): Promise<void> {
    this.socket.close(1000)
    await this.closed
  }
}
