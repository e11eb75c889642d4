import { createHash, randomBytes } from 'node:crypto'

/** A new refresh token: 32 random bytes as base64url. It says nothing and is never stored. */
export const newRefreshSecret = (): string => randomBytes(32).toString('base64url')

/** What is stored of a refresh token. It is random, so a plain hash is as good as a slow one. */
export const refreshSecretHash = (secret: string): Uint8Array<ArrayBuffer> =>
  new Uint8Array(createHash('sha256').update(secret).digest())
