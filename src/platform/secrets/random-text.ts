import { randomInt } from 'node:crypto'

/** Characters drawn from an alphabet, each as likely as any other and none to be foretold. */
export const randomText = (alphabet: string, length: number): string =>
  Array.from({ length }, () => alphabet[randomInt(alphabet.length)]).join('')
