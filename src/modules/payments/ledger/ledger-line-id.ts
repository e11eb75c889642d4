import { v7 } from 'uuid'
import { newId } from '../../../kernel/ids.js'

/**
 * The id of an account's next line. It sorts after the previous one even if that was made on a machine whose clock runs
 * ahead of ours, so that the order of an account's lines is the order in which its balance changed.
 */
export function nextLineId(previous: string | null): string {
  const id = newId()
  if (previous === null || id > previous) return id
  return v7({ msecs: millisecondsOf(previous) + 1 })
}

const millisecondsOf = (id: string): number => Number.parseInt(id.replace('-', '').slice(0, 12), 16)
