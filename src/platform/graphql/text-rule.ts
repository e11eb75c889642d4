import { registerDecorator } from 'class-validator'

const trimmed = new WeakMap<object, Set<string>>()

interface TextBounds {
  readonly min?: number
  readonly max: number
}

// The one character that PostgreSQL does not store.
const NUL = '\0'

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
              (one) => typeof one === 'string' && !one.includes(NUL) && lengthOf(one) >= min && lengthOf(one) <= max,
            ),
        defaultMessage: (args) =>
          [args?.value].flat().some((one) => typeof one === 'string' && one.includes(NUL))
            ? 'must not contain the character U+0000'
            : `must be ${min} to ${max} characters long`,
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
