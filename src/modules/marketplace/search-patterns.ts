const MAX_WORDS = 10

/** A LIKE pattern for each word of a search, with LIKE's own signs taken literally. Empty when there is nothing to look for. */
export const searchPatterns = (search: string): string[] =>
  search
    .split(/\s+/)
    .filter((word) => word !== '')
    .slice(0, MAX_WORDS)
    .map((word) => `%${word.replace(/[\\%_]/g, '\\$&')}%`)
