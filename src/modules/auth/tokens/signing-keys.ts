import { createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto'
import type { JwtKeys } from '../../../platform/config/jwt-key-files.js'
import { keyId } from '../../../platform/config/rsa-keys.js'

interface PublishedKey {
  readonly kty: 'RSA'
  readonly n: string
  readonly e: string
  readonly kid: string
  readonly alg: 'RS256'
  readonly use: 'sig'
}

interface VerifyingKey {
  readonly kid: string
  readonly publicKey: KeyObject
  readonly published: PublishedKey
}

export interface SigningKey extends VerifyingKey {
  readonly privateKey: KeyObject
}

/** A JSON Web Key Set, as RFC 7517 has it. */
export interface PublishedKeys {
  readonly keys: readonly PublishedKey[]
}

/** The RSA keys of access tokens: one signs, all verify, so that a key can be replaced while its tokens live. */
export class SigningKeys {
  readonly current: SigningKey
  private readonly keys: ReadonlyMap<string, VerifyingKey>

  constructor({ jwtPrivateKey, jwtPreviousKeys }: JwtKeys) {
    const privateKey = createPrivateKey(jwtPrivateKey)
    this.current = { ...verifyingKey(createPublicKey(privateKey)), privateKey }
    const all = [this.current, ...jwtPreviousKeys.map((pem) => verifyingKey(createPublicKey(pem)))]
    this.keys = new Map(all.map((key) => [key.kid, key]))
  }

  publicKey(kid: string | undefined): KeyObject | undefined {
    return kid === undefined ? undefined : this.keys.get(kid)?.publicKey
  }

  get jwks(): PublishedKeys {
    return { keys: [...this.keys.values()].map((key) => key.published) }
  }
}

function verifyingKey(publicKey: KeyObject): VerifyingKey {
  const { kty, n, e } = publicKey.export({ format: 'jwk' })
  if (kty !== 'RSA' || !n || !e) throw new Error('the keys of access tokens must be RSA keys')
  const kid = keyId(publicKey)
  return { kid, publicKey, published: { kty, n, e, kid, alg: 'RS256', use: 'sig' } }
}
