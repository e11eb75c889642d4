import WebSocket from 'ws'

// A process of its own, so that thousands of clients do not share a processor's time with who measures them more than they must.

export interface Listening {
  readonly url: string
  readonly count: number
  /** Each client takes the next, in turn. Empty for clients that only listen. */
  readonly tokens: readonly string[]
  readonly query: string
  readonly variables: Readonly<Record<string, unknown>>
}

export type Heard =
  | { readonly kind: 'open' }
  /** Absolute times in milliseconds, one for each client. */
  | { readonly kind: 'event'; readonly event: number; readonly times: readonly number[] }

const AT_ONCE = 50
const now = () => performance.timeOrigin + performance.now()
const say = (heard: Heard) => process.send?.(heard)
const arrivals = new Map<number, number[]>()

process.once('message', (listening: Listening) => void open(listening))

async function open({ url, count, tokens, query, variables }: Listening): Promise<void> {
  const hear = (data: WebSocket.RawData) => {
    const at = now()
    const event = Number(/event (\d+)/.exec(data.toString())?.[1] ?? -1)
    if (event < 0) return
    const times = arrivals.get(event) ?? []
    arrivals.set(event, times)
    times.push(at)
    if (times.length === count) say({ kind: 'event', event, times })
  }
  const openOne = (index: number) =>
    new Promise<void>((resolve, reject) => {
      const token = tokens[index % tokens.length]
      const socket = new WebSocket(url, token ? 'graphql-transport-ws' : [])
      socket.once('error', reject)
      socket.once('close', (code) => reject(new Error(`a client was closed with ${code}`)))
      socket.on('open', () => {
        if (!token) return resolve()
        socket.send(JSON.stringify({ type: 'connection_init', payload: { authorization: `Bearer ${token}` } }))
        socket.once('message', () => {
          socket.send(JSON.stringify({ id: '1', type: 'subscribe', payload: { query, variables } }))
          resolve()
        })
      })
      socket.on('message', hear)
    })
  for (let index = 0; index < count; index += AT_ONCE)
    await Promise.all(Array.from({ length: Math.min(AT_ONCE, count - index) }, (_, more) => openOne(index + more)))
  say({ kind: 'open' })
}
