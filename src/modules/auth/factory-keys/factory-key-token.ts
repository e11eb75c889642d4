import { newSecret } from '../../../platform/secrets/one-time-secret.js'
import { randomText } from '../../../platform/secrets/random-text.js'

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
  const prefix = MARK + randomText(ALPHABET, PREFIX_LENGTH)
  return { prefix, token: `${prefix}_${newSecret()}` }
}

/** Whether it looks like a key at all; only then is it worth a look into the database. */
export const isFactoryKeyToken = (token: string): boolean => FORMAT.test(token)
