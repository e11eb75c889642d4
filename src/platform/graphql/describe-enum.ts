import { registerEnumType } from 'type-graphql'

/** Registers an enum with a description for the type and for each of its values. The values themselves are declared once, elsewhere. */
export function describeEnum<Values extends Record<string, string>>(
  values: Values,
  name: string,
  description: string,
  descriptions: { readonly [Name in keyof Values]: string },
): void {
  registerEnumType(values, {
    name,
    description,
    valuesConfig: Object.fromEntries(
      Object.entries(descriptions).map(([value, text]) => [value, { description: text as string }]),
    ) as never,
  })
}
