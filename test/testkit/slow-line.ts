import { connect, createServer, type Socket } from 'node:net'

export interface SlowLine {
  /** The target's address by way of the line. */
  readonly url: string
  /** How late answers come, in milliseconds. */
  slowDown(milliseconds: number): void
  close(): Promise<void>
}

/** The way to a distant server: its answers can be made to come late. */
export async function openSlowLine(targetUrl: string): Promise<SlowLine> {
  const target = new URL(targetUrl)
  const ends = new Set<Socket>()
  let lateMs = 0
  const server = createServer((near) => {
    const far = connect(Number(target.port), target.hostname)
    near.pipe(far)
    // Timers of one delay keep their order, so bytes do, as long as nobody changes it while they are on their way.
    far.on('data', (bytes) => setTimeout(() => near.write(bytes), lateMs))
    for (const [end, other] of [
      [near, far],
      [far, near],
    ] as const) {
      ends.add(end)
      end.on('error', () => undefined)
      end.on('close', () => {
        ends.delete(end)
        other.destroy()
      })
    }
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as { port: number }
  const url = new URL(targetUrl)
  url.host = `127.0.0.1:${port}`
  return {
    url: url.href,
    slowDown(milliseconds) {
      lateMs = milliseconds
    },
    close() {
      for (const end of ends) end.destroy()
      return new Promise((resolve) => server.close(() => resolve()))
    },
  }
}
