import { createHash, createPrivateKey, createPublicKey, generateKeyPair, type KeyObject } from 'node:crypto'
import { promisify } from 'node:util'
import { ConfigError } from './config-error.js'

const BITS = 2_048

/** A new key, as PKCS#8 PEM. */
export async function makeRsaKey(): Promise<string> {
  const { privateKey } = await promisify(generateKeyPair)('rsa', { modulusLength: BITS })
  return privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()
}

/** @throws ConfigError, without a word of the key */
export function checkedPrivateKey(pem: string): string {
  if (isStrongRsa(() => createPrivateKey(pem))) return pem
  throw new ConfigError([`JWT_PRIVATE_KEY must be an RSA key of at least ${BITS} bits, as PKCS#8 PEM`])
}

/** @throws ConfigError */
export function checkedPublicKey(pem: string): string {
  if (isStrongRsa(() => createPublicKey(pem))) return pem
  throw new ConfigError([`JWT_PREVIOUS_KEYS must be public RSA keys of at least ${BITS} bits, as PEM`])
}

/** The half that may be shown, as PEM. */
export const publicHalf = (privatePem: string): string =>
  createPublicKey(privatePem).export({ type: 'spki', format: 'pem' }).toString()

/** How tokens name the key that signed them: its thumbprint by RFC 7638. */
export function keyId(publicKey: KeyObject): string {
  const { e, kty, n } = publicKey.export({ format: 'jwk' })
  // The members in this order and no others.
  return createHash('sha256').update(JSON.stringify({ e, kty, n })).digest('base64url')
}

function isStrongRsa(parse: () => KeyObject): boolean {
  try {
    const { asymmetricKeyType, asymmetricKeyDetails } = parse()
    return asymmetricKeyType === 'rsa' && (asymmetricKeyDetails?.modulusLength ?? 0) >= BITS
  } catch {
    // What the parser says of a private key is not for a log.
    return false
  }
}
