import { registerDecorator } from 'class-validator'

const trimmed = new WeakMap<object, Set<string>>()

interface TextBounds {
  readonly min?: number
  readonly max: number
}

/** What is wrong with the characters of a text, whatever its length; null when PostgreSQL can keep it as it is. */
export function unstorable(text: string): string | null {
  if (text.includes('\0')) return 'must not contain the character U+0000'
  return /\p{Surrogate}/u.test(text) ? 'must not contain half of a surrogate pair' : null
}

const lengthOf = (text: string): number => [...text].length

/**
 * A text of `min` (1 unless told) to `max` characters. It is trimmed before anything sees it, and its bounds count after that,
 * in characters as people count them (an emoji is one). On a list, for each of its texts.
 */
export function Text({ min = 1, max }: TextBounds): PropertyDecorator {
  return (target, property) => {
    const names = trimmed.get(target) ?? new Set<string>()
    trimmed.set(target, names.add(String(property)))
    registerDecorator({
      name: 'text',
      target: target.constructor,
      propertyName: String(property),
      validator: {
        validate: (value: unknown) =>
          value == null ||
          [value]
            .flat()
            .every(
              (one) =>
                typeof one === 'string' && unstorable(one) === null && lengthOf(one) >= min && lengthOf(one) <= max,
            ),
        defaultMessage: (args) =>
          [args?.value]
            .flat()
            .map((one) => (typeof one === 'string' ? unstorable(one) : null))
            .find((problem) => problem !== null) ?? `must be ${min} to ${max} characters long`,
      },
    })
  }
}

/** Trims the texts of an input object, in place, where `Text` says so. */
export function trimTexts(input: object): void {
  const record = input as Record<string, unknown>
  for (
    let target = Object.getPrototypeOf(input) as object | null;
    target;
    target = Object.getPrototypeOf(target) as object | null
  )
    for (const name of trimmed.get(target) ?? []) {
      const text = record[name]
      if (typeof text === 'string') record[name] = text.trim()
      if (Array.isArray(text)) record[name] = text.map((one) => (typeof one === 'string' ? one.trim() : one))
    }
}
