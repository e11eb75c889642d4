import { createHmac } from 'node:crypto'

/**
 * The refresh token that follows another, the same each time: who presents the used one again can be given its successor again,
 * although only hashes are stored. It takes the used token, the id of the access token that came with the successor, and our key:
 * neither a stolen database nor a stolen key is enough.
 */
export const successorOf = (refreshToken: string, nextTokenId: string, key: Uint8Array): string =>
  createHmac('sha256', key).update(`${nextTokenId}.${refreshToken}`).digest('base64url')
