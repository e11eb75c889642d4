import { CriticalityLevel, diff } from '@graphql-inspector/core'
import { buildSchema } from 'graphql'

/** What a client of the old schema can trip over in the new one, as sentences. */
export async function schemaBreaks(oldText: string, newText: string): Promise<string[]> {
  const changes = await diff(buildSchema(oldText), buildSchema(newText))
  return changes
    .filter(({ criticality }) => criticality.level === CriticalityLevel.Breaking)
    .map(({ message }) => message)
}
