import type { WrongField } from '../../kernel/domain-error.js'

/**
 * What a scalar of ours makes of a value it cannot parse. Throwing would end the operation at the first scalar; this way
 * input validation reports it together with every other wrong field.
 */
export class Unparsable {
  constructor(readonly message: string) {}
}

/** Every unparsable value below `value`, by its path. */
export function findUnparsable(value: unknown, path: readonly string[] = []): WrongField[] {
  if (value instanceof Unparsable) return [{ path: path.join('.'), message: value.message }]
  if (value === null || typeof value !== 'object' || value instanceof Date) return []
  return Object.entries(value).flatMap(([name, inner]) => findUnparsable(inner, [...path, name]))
}
