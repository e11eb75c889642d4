import { subscriptionsActive } from '../../../src/platform/observability/metrics.js'
import { RawSocket, type SocketMessage } from '../../testkit/raw-socket.js'
import type { TestServer } from '../../testkit/server.js'
import type { Call } from './acts.js'
import type { ViewerName } from './viewers.js'

const ID = 'follow'

/** Opens the same subscription for all of them: it is accepted once the server counts it, or refused with a code. */
export async function followAll(
  server: TestServer,
  field: string,
  query: string,
  calls: readonly Call[],
): Promise<Readonly<Partial<Record<ViewerName, string>>>> {
  const before = await openNow(field)
  const sockets = await Promise.all(calls.map(({ caller }) => RawSocket.connect(server.url, caller.token)))
  try {
    for (const [index, { args: variables }] of calls.entries())
      sockets[index]?.send({ id: ID, type: 'subscribe', payload: { query, variables } })
    const refusals = () => sockets.map((socket) => socket.received.find(isRefusal))
    const giveUpAt = Date.now() + 10_000
    while ((await openNow(field)) - before + refusals().filter(Boolean).length < calls.length) {
      if (Date.now() > giveUpAt) throw new Error(`some subscriptions are neither accepted nor refused: ${field}`)
      await new Promise((resolve) => setTimeout(resolve, 10))
    }
    const outcomes = refusals().map((refusal) => (refusal ? codeOf(refusal) : 'ok'))
    return Object.fromEntries(calls.map(({ viewer }, index) => [viewer, outcomes[index]]))
  } finally {
    await Promise.all(sockets.map((socket) => socket.close()))
  }
}

// The server runs in this process, and so do its metrics.
async function openNow(field: string): Promise<number> {
  const { values } = await subscriptionsActive.get()
  return values.find(({ labels }) => labels.field === field)?.value ?? 0
}

interface Failed {
  readonly errors?: readonly { readonly extensions: { readonly code: string } }[]
}

// What `subscribe` throws comes as a result, what is wrong with the operation as errors.
const errorsOf = ({ type, payload }: SocketMessage) =>
  (type === 'error' ? (payload as Failed['errors']) : (payload as Failed | undefined)?.errors) ?? []

const isRefusal = (message: SocketMessage): boolean => message.id === ID && errorsOf(message).length > 0

const codeOf = (message: SocketMessage): string => errorsOf(message)[0]?.extensions.code ?? 'no code'
