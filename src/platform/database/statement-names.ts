import { LRUCache } from 'lru-cache'

const NAMED_AT_MOST = 300
const WATCHED_AT_MOST = 1_000
const SEEN_BEFORE_NAMED = 5

/**
 * Names the statements that come again and again, so that PostgreSQL parses and plans them once per connection: measured on
 * Prisma's reads, half of PostgreSQL's work and a tenth of ours. Never more than 300, because a connection keeps each
 * named one until it closes, and lists of every length (`IN ($1, $2, …)`) are statements of their own.
 *
 * @returns the name for a statement, or '' for one that is better left unnamed
 */
export function statementNames(): (query: { readonly sql: string }) => string {
  const names = new Map<string, string>()
  const timesSeen = new LRUCache<string, number>({ max: WATCHED_AT_MOST })
  return ({ sql }) => {
    const name = names.get(sql)
    if (name !== undefined || names.size >= NAMED_AT_MOST) return name ?? ''
    const times = (timesSeen.get(sql) ?? 0) + 1
    timesSeen.set(sql, times)
    if (times < SEEN_BEFORE_NAMED) return ''
    timesSeen.delete(sql)
    names.set(sql, `adtime_${names.size}`)
    return names.get(sql) ?? ''
  }
}
