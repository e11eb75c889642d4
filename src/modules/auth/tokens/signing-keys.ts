import { createHash, createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto'

interface PublishedKey {
  readonly kty: 'RSA'
  readonly n: string
  readonly e: string
  readonly kid: string
  readonly alg: 'RS256'
  readonly use: 'sig'
}

interface SigningKey {
  readonly kid: string
  readonly privateKey: KeyObject
  readonly publicKey: KeyObject
  readonly published: PublishedKey
}

/** The RSA keys of access tokens: the first signs, all verify, so that a key can be replaced while its tokens live. */
export class SigningKeys {
  readonly current: SigningKey
  private readonly keys: readonly SigningKey[]

  /** @param pems PKCS#8, the current key first */
  constructor(pems: readonly [string, ...string[]]) {
    const [first, ...others] = pems
    this.current = signingKey(first)
    this.keys = [this.current, ...others.map(signingKey)]
  }

  publicKey(kid: string | undefined): KeyObject | undefined {
    return this.keys.find((key) => key.kid === kid)?.publicKey
  }

  /** A JSON Web Key Set, as RFC 7517 has it. */
  get jwks(): { readonly keys: readonly PublishedKey[] } {
    return { keys: this.keys.map((key) => key.published) }
  }
}

function signingKey(pem: string): SigningKey {
  const privateKey = createPrivateKey(pem)
  const publicKey = createPublicKey(privateKey)
  const { kty, n, e } = publicKey.export({ format: 'jwk' })
  if (kty !== 'RSA' || !n || !e) throw new Error('the key that signs access tokens must be an RSA key')
  // RFC 7638: the members in this order and no others.
  const kid = createHash('sha256').update(JSON.stringify({ e, kty, n })).digest('base64url')
  return { kid, privateKey, publicKey, published: { kty, n, e, kid, alg: 'RS256', use: 'sig' } }
}
