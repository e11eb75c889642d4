import { isDeepStrictEqual } from 'node:util'
import type { BenchServer } from './bench-server.js'
import type { BenchInput, Operation } from './operations.js'

const ISO_DATE = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d/
const NEW_EACH_TIME = new Set(['id', 'number', 'createdAt'])

export interface ListeningServer extends BenchServer {
  readonly url: string
}

/**
 * Asks every server for the same and compares what they answer.
 * @throws on the first difference, with both answers
 */
export async function requireSameAnswers(
  servers: readonly ListeningServer[],
  operation: Operation,
  inputs: readonly BenchInput[],
): Promise<void> {
  for (const input of inputs) {
    const answers = await Promise.all(
      servers.map(async (server) => ({ name: server.name, data: await ask(server, operation, input) })),
    )
    const [first, ...others] = answers
    for (const other of others) {
      if (isDeepStrictEqual(first?.data, other.data)) continue
      const shown = (data: unknown) => JSON.stringify(data, null, 1)
      throw new Error(
        `"${operation.name}" differs for ${JSON.stringify(input.variables)}\n${first?.name}: ${shown(first?.data)}\n${other.name}: ${shown(other.data)}`,
      )
    }
  }
}

async function ask(server: ListeningServer, operation: Operation, input: BenchInput): Promise<unknown> {
  const { method, path, headers, body } = server.request(operation, input)
  const response = await fetch(`${server.url}${path}`, { method, headers: { ...headers }, ...(body && { body }) })
  const text = await response.text()
  if (!response.ok || isRefusal(text))
    throw new Error(`${server.name} answered "${operation.name}" with ${response.status}: ${text}`)
  return normalised(server.dataOf(operation, JSON.parse(text)), operation.isRead ? new Set() : NEW_EACH_TIME)
}

/** Whether a GraphQL answer carries errors; inside its data these characters would be escaped. */
export const isRefusal = (text: string): boolean => text.includes('"errors":[{')

/** Dates to the millisecond in UTC, names in one order; cursors are each server's own, and what is new in every order is left out. */
function normalised(value: unknown, leaveOut: ReadonlySet<string>): unknown {
  if (typeof value === 'string') return ISO_DATE.test(value) ? new Date(value).toISOString() : value
  if (Array.isArray(value)) return value.map((one) => normalised(one, leaveOut))
  if (value === null || typeof value !== 'object') return value
  return Object.fromEntries(
    Object.entries(value)
      .filter(([name]) => !leaveOut.has(name))
      .map(([name, inner]) => [name, name === 'endCursor' ? typeof inner : normalised(inner, leaveOut)]),
  )
}
