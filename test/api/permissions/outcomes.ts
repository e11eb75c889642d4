import { ErrorCode } from '../../../src/kernel/domain-error.js'
import { type ViewerName, viewerNames } from './viewers.js'

/** What each viewer gets: `ok`, `-` for nothing (null or an empty list), or the code of the error. */
export type Outcomes = Readonly<Record<ViewerName, string>>

const short: Readonly<Record<string, string>> = {
  400: ErrorCode.BAD_USER_INPUT,
  401: ErrorCode.UNAUTHENTICATED,
  403: ErrorCode.FORBIDDEN,
  404: ErrorCode.NOT_FOUND,
  409: ErrorCode.CONFLICT,
}

const known = new Set<string>(['ok', '-', ...Object.values(ErrorCode)])

/**
 * Reads a table: a line of viewers, then a line for each field with what they get. Codes may be written as the number that HTTP has
 * for them; a line that begins with # says why.
 * @throws when a line does not fit the viewers, or a field comes twice
 */
export function readOutcomes(table: string): ReadonlyMap<string, Outcomes> {
  const lines = table.split('\n').map((line) => line.trim())
  const [header = '', ...rows] = lines.filter((line) => line !== '' && !line.startsWith('#'))
  if (header.split(/\s+/).join() !== viewerNames.join()) throw new Error(`the viewers are ${viewerNames.join(' ')}`)
  const outcomes = new Map<string, Outcomes>()
  for (const row of rows) {
    const [field = '', ...words] = row.split(/\s+/)
    const cells = words.map((word) => short[word] ?? word)
    const odd = cells.filter((cell) => !known.has(cell))
    if (cells.length !== viewerNames.length || odd.length > 0) throw new Error(`this line does not fit: ${row}`)
    if (outcomes.has(field)) throw new Error(`${field} comes twice`)
    outcomes.set(
      field,
      Object.fromEntries(viewerNames.map((name, index) => [name, cells[index]])) as unknown as Outcomes,
    )
  }
  return outcomes
}
