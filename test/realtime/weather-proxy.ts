import { connect, createServer, type Server, type Socket } from 'node:net'

/** The network in front of a replica: it passes bytes on, until it is told to lose or to stall them. */
export class WeatherProxy {
  private readonly pairs = new Set<readonly [Socket, Socket]>()

  private constructor(
    readonly url: string,
    private readonly server: Server,
  ) {}

  static async open(targetPort: number): Promise<WeatherProxy> {
    const server = createServer()
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const { port } = server.address() as { port: number }
    const proxy = new WeatherProxy(`http://127.0.0.1:${port}`, server)
    server.on('connection', (client) => proxy.join(client, connect(targetPort, '127.0.0.1')))
    return proxy
  }

  /** Cuts open connections: each when `isHit` says so. */
  drop(isHit: () => boolean): void {
    for (const pair of this.pairs) if (isHit()) for (const socket of pair) socket.destroy()
  }

  /** Holds all bytes back for so long, both ways; connections stay. */
  stall(milliseconds: number): void {
    const sockets = [...this.pairs].flat()
    for (const socket of sockets) socket.pause()
    setTimeout(() => {
      for (const socket of sockets) socket.resume()
    }, milliseconds)
  }

  close(): Promise<void> {
    this.drop(() => true)
    return new Promise((resolve) => this.server.close(() => resolve()))
  }

  private join(client: Socket, replica: Socket): void {
    const pair = [client, replica] as const
    this.pairs.add(pair)
    client.pipe(replica)
    replica.pipe(client)
    for (const socket of pair) {
      socket.on('error', () => undefined)
      socket.on('close', () => {
        this.pairs.delete(pair)
        for (const other of pair) other.destroy()
      })
    }
  }
}
