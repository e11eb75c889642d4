import pg from 'pg'
import type { TestClient } from '../../testkit/client.js'
import type { TestServer } from '../../testkit/server.js'
import { CREATE, type Generation, LEFT, type Left, UPDATED } from './documents.js'

/** Asks for a small drawing. */
export async function request(client: TestClient, input: Readonly<Record<string, unknown>> = {}): Promise<Generation> {
  const { createGeneration } = await client.get<{ createGeneration: Generation }>(CREATE, {
    input: { prompt: 'A red bicycle', width: 256, height: 256, ...input },
  })
  return createGeneration
}

/** Every state that a subscriber sees until the generation is finished. */
export async function followToTheEnd(client: TestClient, id: string): Promise<Generation[]> {
  const live = client.subscribe<{ generationUpdated: Generation }, { id: string }>(UPDATED, { id })
  try {
    await live.until((received) =>
      ['COMPLETED', 'FAILED', 'CANCELLED'].includes(received.at(-1)?.generationUpdated.status ?? ''),
    )
    return live.received.map(({ generationUpdated }) => generationUpdated)
  } finally {
    await live.close()
  }
}

/** A small drawing that is COMPLETED. */
export async function drawn(client: TestClient, input: Readonly<Record<string, unknown>> = {}): Promise<Generation> {
  const { id } = await request(client, input)
  const states = await followToTheEnd(client, id)
  const last = states.at(-1)
  if (last?.status !== 'COMPLETED') throw new Error(`it was not drawn: ${JSON.stringify(last)}`)
  return last
}

export async function left(client: TestClient): Promise<number> {
  const { me } = await client.get<Left>(LEFT)
  return me.planSubscription.remainingGenerations
}

/** Keeps workers from drawing until the returned function is called: they wait for their tasks. */
export async function holdWorkers(server: TestServer): Promise<() => Promise<void>> {
  const holder = new pg.Client({ connectionString: server.databaseUrl })
  await holder.connect()
  await holder.query('begin')
  await holder.query('lock table generation_tasks in access exclusive mode')
  return () => holder.end()
}
