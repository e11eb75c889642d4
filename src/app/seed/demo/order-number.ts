import { NUMBER_ALPHABET } from '../../../modules/orders/index.js'
import { demoNumber } from './demo-calendar.js'

const FURTHER_LETTERS = 5

/** As `newOrderNumber`, but the same for the same key. All begin with one letter, which the numbers of bulk orders never do. */
export function orderNumber(key: string, at: Date): string {
  const letter = (_: unknown, position: number) =>
    NUMBER_ALPHABET[demoNumber(`letter ${position} of ${key}`, NUMBER_ALPHABET.length)]
  return `AT-${at.getUTCFullYear()}-${NUMBER_ALPHABET.at(-1)}${Array.from({ length: FURTHER_LETTERS }, letter).join('')}`
}
