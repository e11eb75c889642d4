import { createPublicKey } from 'node:crypto'
import { checkedPrivateKey, checkedPublicKey, keyId, makeRsaKey, publicHalf } from '../platform/config/rsa-keys.js'

/**
 * A new key, as lines for an env file, in the order in which it is safe to set them. A process refuses the tokens of a key that it
 * does not know, so all learn the new key before the first signs with it.
 */
export async function newJwtVariables(privateKey: string, previousKeys: readonly string[]): Promise<string> {
  const made = await makeRsaKey()
  const old = publicHalf(checkedPrivateKey(privateKey))
  const earlier = previousKeys.map(checkedPublicKey)
  const known = (key: string) => variable('JWT_PREVIOUS_KEYS', [key, ...earlier].join('\n'))
  return `# A new key for access tokens: ${idOf(publicHalf(made))}, after ${idOf(old)}.
# With several processes that are restarted one after another, take both steps. With one, or all at once, step 2 alone.
#
# Step 1: all learn the new key. Set this, keep JWT_PRIVATE_KEY, and restart every process.
${known(publicHalf(made))}
#
# Step 2: it signs. Set both, and restart every process again. Tokens of the old key stay good until they expire.
${variable('JWT_PRIVATE_KEY', made)}
${known(old)}
#
# 35 minutes after the last restart no token of the old key is left: JWT_PREVIOUS_KEYS may go with the next.
# Refresh tokens and sessions are not touched. This was not saved anywhere: the key is here and nowhere else.`
}

const idOf = (publicPem: string): string => keyId(createPublicKey(publicPem))

/** On one line, as env files want it. */
const variable = (name: string, pem: string): string => `${name}="${pem.trim().replaceAll(/\n+/g, '\\n')}\\n"`
