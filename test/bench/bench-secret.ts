import { randomBytes } from 'node:crypto'

/** 64 hexadecimal characters that nobody knows. */
export const newSecret = (): string => randomBytes(32).toString('hex')
