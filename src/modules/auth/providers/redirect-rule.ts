import type { Config } from '../../../platform/config/config.js'

/**
 * What is wrong with sending somebody's proof of identity to an address; null when nothing is.
 * A query or fragment would mix with what the providers add, and some drop it.
 */
export function redirectProblem(
  redirectUri: string,
  { allowedOrigins, publicUrl }: Pick<Config, 'allowedOrigins' | 'publicUrl'>,
): string | null {
  const { origin, username, password } = new URL(redirectUri)
  if (![...allowedOrigins, new URL(publicUrl).origin].includes(origin))
    return 'must have an origin that is allowed here'
  if (username || password || /[?#]/.test(redirectUri)) return 'must have no query, fragment or credentials'
  return null
}
