import { LRUCache } from 'lru-cache'
import type { Pool } from 'pg'
import { gathered } from '../database/gathered.js'
import type { FeedEvent } from './stream-feed.js'

const SIZE = 100n
/** So many streams are replayed by one statement: 2 000 events. */
const PAGES_AT_ONCE = 20
const MAX_KEPT_EVENTS = 50_000

/**
 * Stored events by pages of a hundred numbers, which all followers of a process share: however many resume a stream, and from wherever in
 * a page, it is read once, and one statement reads pages of many streams. Events never change, so a page that was read stays right.
 */
export class StreamPages {
  private readonly kept = new LRUCache<string, readonly FeedEvent[]>({
    maxSize: MAX_KEPT_EVENTS,
    sizeCalculation: ({ length }) => length + 1,
  })
  private readonly read: (key: string) => Promise<readonly FeedEvent[] | undefined>

  constructor(pool: Pool) {
    this.read = gathered((keys) => readPages(pool, keys), PAGES_AT_ONCE)
  }

  /** The page of the event after `number`, in order. It lacks what is not kept any more, and may begin before. */
  async after(stream: string, number: bigint): Promise<readonly FeedEvent[]> {
    const key = `${number / SIZE} ${stream}`
    const kept = this.kept.get(key)
    if (kept?.some((event) => event.number === number + 1n)) return kept
    const events = (await this.read(key)) ?? []
    this.kept.set(key, events)
    return events
  }
}

async function readPages(pool: Pool, keys: readonly string[]): Promise<ReadonlyMap<string, readonly FeedEvent[]>> {
  const wanted = keys.map((key) => {
    const [page = '', stream = ''] = splitOnce(key)
    return { stream, before: (BigInt(page) * SIZE).toString(), last: ((BigInt(page) + 1n) * SIZE).toString() }
  })
  const { rows } = await pool.query<{ page: number; number: string; subject_id: string; at: string }>({
    name: 'stream-pages',
    text: `select page::int, e.number, e.subject_id, floor(extract(epoch from e.occurred_at) * 1000)::text as at
      from unnest($1::text[], $2::bigint[], $3::bigint[]) with ordinality as wanted (stream, before, last, page)
      join stream_events e on e.stream = wanted.stream and e.number > wanted.before and e.number <= wanted.last
      order by page, e.number`,
    values: [wanted.map(({ stream }) => stream), wanted.map(({ before }) => before), wanted.map(({ last }) => last)],
  })
  const pages = new Map<string, FeedEvent[]>(keys.map((key) => [key, []]))
  for (const { page, number, subject_id, at } of rows)
    pages.get(keys[page - 1] ?? '')?.push({ number: BigInt(number), subjectId: subject_id, occurredAt: Number(at) })
  return pages
}

const splitOnce = (key: string): [string, string] => {
  const space = key.indexOf(' ')
  return [key.slice(0, space), key.slice(space + 1)]
}
