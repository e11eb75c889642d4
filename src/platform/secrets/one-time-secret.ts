import { createHash, randomBytes } from 'node:crypto'

/** 32 random bytes as base64url: what admits once and is never stored. */
export const newSecret = (): string => randomBytes(32).toString('base64url')

/** What is stored of such a secret. It is random, so a plain hash is as good as a slow one. */
export const secretHash = (secret: string): Uint8Array<ArrayBuffer> =>
  new Uint8Array(createHash('sha256').update(secret).digest())
