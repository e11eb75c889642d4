import { NUMBER_ALPHABET } from '../../../modules/orders/index.js'
import { demoNumber } from './demo-calendar.js'

const LENGTH = 6

/** As `newOrderNumber`, but the same for the same key. */
export function orderNumber(key: string, at: Date): string {
  const letter = (_: unknown, position: number) =>
    NUMBER_ALPHABET[demoNumber(`letter ${position} of ${key}`, NUMBER_ALPHABET.length)]
  return `AT-${at.getUTCFullYear()}-${Array.from({ length: LENGTH }, letter).join('')}`
}
