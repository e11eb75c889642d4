import { expect } from 'vitest'
import type { TestServer } from '../../testkit/server.js'

export interface OutboxMessage {
  readonly channel: 'EMAIL' | 'SMS'
  readonly to: string
  readonly subject: string | null
  readonly text: string
}

/** What was sent to somebody, newest first. */
export async function messagesTo(server: TestServer, to: string): Promise<readonly OutboxMessage[]> {
  const answer = await fetch(`${server.url}/dev/outbox`, { headers: { accept: 'application/json' } })
  const { messages } = (await answer.json()) as { messages: OutboxMessage[] }
  return messages.filter((message) => message.to === to)
}

/** The newest message to somebody once there are `count`. @throws after ten seconds */
export async function awaitMessage(server: TestServer, to: string, count = 1): Promise<OutboxMessage> {
  await expect.poll(async () => (await messagesTo(server, to)).length, { timeout: 10_000 }).toBe(count)
  const [newest] = await messagesTo(server, to)
  if (!newest) throw new Error('the message vanished')
  return newest
}
