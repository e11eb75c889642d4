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

/** The newest letter of this subject to somebody. @throws after ten seconds */
export async function awaitLetter(server: TestServer, to: string, subject: string): Promise<OutboxMessage> {
  const find = async () => (await messagesTo(server, to)).find((message) => message.subject === subject)
  return expect.poll(find, { timeout: 10_000 }).toBeDefined().then(find) as Promise<OutboxMessage>
}

/** What the link of a letter carries. */
export function tokenIn({ text }: Pick<OutboxMessage, 'text'>): string {
  const [link = 'no:link'] = /https?:\S+/.exec(text) ?? []
  const { searchParams } = new URL(link)
  expect([...searchParams.keys()]).toEqual(['token'])
  return searchParams.get('token') ?? ''
}

/** The token of the newest letter of this subject to somebody, once it is another than `before`. @throws after ten seconds */
export async function awaitToken(server: TestServer, to: string, subject: string, before = ''): Promise<string> {
  const find = async () => {
    const letter = (await messagesTo(server, to)).find((message) => message.subject === subject)
    return letter ? tokenIn(letter) : ''
  }
  await expect.poll(async () => ![before, ''].includes(await find()), { timeout: 10_000 }).toBe(true)
  return find()
}

export const SUBJECTS = {
  welcome: 'Добро пожаловать в AdTime',
  verify: 'Подтвердите адрес',
  reset: 'Новый пароль для AdTime',
} as const
