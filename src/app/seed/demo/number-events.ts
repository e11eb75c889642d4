import type { DemoWorld } from './demo-world.js'

/** Gives every event its number in each of its streams, in the order of time, as if they had happened one by one. */
export function numberEvents({ events, rows }: DemoWorld): void {
  const heads = new Map<string, { name: string; lastNumber: bigint }>()
  // The sort is stable: what one story tells of one moment keeps its order.
  const inOrder = [...events].sort((left, right) => left.at.getTime() - right.at.getTime())
  for (const { at, subjectId, streams, numbered } of inOrder)
    for (const [index, stream] of streams.entries()) {
      const head = heads.get(stream) ?? { name: stream, lastNumber: 0n }
      head.lastNumber++
      heads.set(stream, head)
      rows.streamEvents.push({ stream, number: head.lastNumber, subjectId, occurredAt: at })
      if (index === 0) numbered(head.lastNumber)
    }
  rows.eventStreams.push(...heads.values())
}
