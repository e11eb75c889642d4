import { afterAll, beforeAll } from 'vitest'

import { dropTestDatabases } from './database.js'

const WATCHED = {
  TCPSocketWrap: 'an open socket',
  TCPServerWrap: 'a listening server',
  PipeWrap: 'an open pipe',
  ProcessWrap: 'a running child process',
  Timeout: 'an active timer',
} as const

type Kind = keyof typeof WATCHED

const KINDS = Object.keys(WATCHED) as Kind[]

const GRACE_MS = 1_500

/** Fails a test file that leaves behind anything that would keep its process or its database busy. */
export function failOnLeaks(): void {
  let before: Record<Kind, number>

  beforeAll(() => {
    // Vitest's worker has pipes of its own, but no timer that lasts: one seen now is its reporting, and would hide a leak.
    before = { ...countResources(), Timeout: 0 }
  })

  afterAll(async () => {
    const leaks = [...(await dropTestDatabases()), ...(await leakedSince(before))]
    if (leaks.length > 0) throw new Error(`This test file left behind:\n${leaks.map((leak) => `- ${leak}`).join('\n')}`)
  })
}

/** What there is more of than before, once what is just closing had time to close. */
async function leakedSince(before: Record<Kind, number>): Promise<string[]> {
  const giveUpAt = Date.now() + GRACE_MS
  for (;;) {
    const now = countResources()
    const grown = KINDS.filter((kind) => now[kind] > before[kind])
    if (grown.length === 0) return []
    if (Date.now() > giveUpAt)
      return [
        ...grown.map((kind) => `${WATCHED[kind]} (${now[kind] - before[kind]} more than before)`),
        ...openSockets(),
      ]
    // Unreferenced, so that the wait itself is not counted.
    await new Promise((resolve) => setTimeout(resolve, 25).unref())
  }
}

function countResources(): Record<Kind, number> {
  const active = process.getActiveResourcesInfo()
  return Object.fromEntries(KINDS.map((kind) => [kind, active.filter((name) => name === kind).length])) as Record<
    Kind,
    number
  >
}

/** Where sockets and servers lead, from Node's inner list: it is all there is to tell one from another. */
function openSockets(): string[] {
  const handles = (
    process as unknown as {
      _getActiveHandles(): { remoteAddress?: string; remotePort?: number; localPort?: number; address?(): unknown }[]
    }
  )._getActiveHandles()
  return handles.flatMap((handle) => {
    if (handle.remoteAddress) return [`open: ${handle.localPort} -> ${handle.remoteAddress}:${handle.remotePort}`]
    const address = handle.address?.()
    return address && typeof address === 'object' && 'port' in address ? [`listening: ${JSON.stringify(address)}`] : []
  })
}
