import { randomText } from '../../platform/secrets/random-text.js'

/** Without 0 O, 1 I L, 2 Z, 5 S, 8 B and V: what is left is told apart on paper and over the phone. */
export const NUMBER_ALPHABET = '34679ACDEFGHJKMNPQRTUWXY'

const LENGTH = 6

/** "AT-2026-7F3K9Q": the year of `now` in UTC and six random letters, so that it counts nothing. May be taken already. */
export const newOrderNumber = (now: Date): string => `AT-${now.getUTCFullYear()}-${randomText(NUMBER_ALPHABET, LENGTH)}`
