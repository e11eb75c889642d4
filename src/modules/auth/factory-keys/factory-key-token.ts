import { randomBytes } from 'node:crypto'
import { newSecret } from '../../../platform/secrets/one-time-secret.js'

const MARK = 'adtime_fk_'
const ALPHABET = 'abcdefghijkmnopqrstuvwxyz2345678'
const PREFIX_LENGTH = 8
const FORMAT = /^adtime_fk_[a-z2-8]{8}_[\w-]{43}$/

export interface FactoryKeyToken {
  /** Its beginning, by which people tell keys apart: "adtime_fk_7kq2mx9h". */
  readonly prefix: string
  /** All of it: the prefix, an underscore and the secret. */
  readonly token: string
}

export function newFactoryKeyToken(): FactoryKeyToken {
  // 256 is a multiple of 32, so every character is as likely as any other.
  const characters = Array.from(randomBytes(PREFIX_LENGTH), (byte) => ALPHABET[byte % ALPHABET.length])
  const prefix = MARK + characters.join('')
  return { prefix, token: `${prefix}_${newSecret()}` }
}

/** Whether it looks like a key at all; only then is it worth a look into the database. */
export const isFactoryKeyToken = (token: string): boolean => FORMAT.test(token)
