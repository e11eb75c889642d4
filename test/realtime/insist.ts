import { setTimeout as sleep } from 'node:timers/promises'
import type { SeededRandom } from '../simulators/seeded-random.js'
import type { Person } from './realtime-world.js'

const LIMIT_MS = 90_000
const WORTH_REPEATING = ['INTERNAL_SERVER_ERROR', 'PROVIDER_UNAVAILABLE', 'CONFLICT', 'RATE_LIMITED']

interface Wish {
  readonly document: string
  readonly variables: Readonly<Record<string, unknown>>
  /** What a repeat is told when the first time was done and only its answer got lost. */
  readonly done?: readonly string[]
}

/**
 * Asks at one replica or the other until there is an answer, as an app does that holds on to its idempotency key.
 * @returns the data; null for one of the codes in `done`
 */
export async function insist<Data>(
  person: Person,
  random: SeededRandom,
  { document, variables, done = [] }: Wish,
): Promise<Data | null> {
  const giveUpAt = Date.now() + LIMIT_MS
  for (let pause = 50; ; pause = Math.min(pause * 2, 1_000)) {
    const client = person.clients[random.below(person.clients.length)]
    const answer = await client?.ask<Data>(document, variables).catch(() => undefined)
    if (answer?.data && answer.errors.length === 0) return answer.data
    const code = answer?.errors[0]?.extensions.code
    if (code && done.includes(code)) return null
    const isFinal = code !== undefined && !WORTH_REPEATING.includes(code)
    if (isFinal || Date.now() > giveUpAt)
      throw new Error(`${document} ${JSON.stringify(variables)}: ${JSON.stringify(answer?.errors ?? 'no answer')}`)
    await sleep(pause + random.below(pause))
  }
}
