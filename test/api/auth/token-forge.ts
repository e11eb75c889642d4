import { createHmac, createPublicKey, generateKeyPairSync, type KeyObject, sign } from 'node:crypto'
import { decodeJwt, decodeProtectedHeader, type JWTPayload, SignJWT } from 'jose'

type Part = Readonly<Record<string, unknown>>

const encode = (part: Part): string => Buffer.from(JSON.stringify(part)).toString('base64url')
const newKey = (): KeyObject => generateKeyPairSync('rsa', { modulusLength: 2_048 }).privateKey

/** Makes tokens of a real one, with whatever wrong about them; signed by our key unless told otherwise. */
export class TokenForge {
  readonly claims: JWTPayload
  readonly header: Part
  readonly foreignKey = newKey()

  constructor(
    readonly token: string,
    private readonly key: KeyObject,
  ) {
    this.claims = decodeJwt(token)
    this.header = { ...decodeProtectedHeader(token) }
  }

  signed(claims: Part = {}, header: Part = {}, key = this.key): Promise<string> {
    const protectedHeader = { ...this.header, ...header } as { alg: string }
    return new SignJWT({ ...this.claims, ...claims }).setProtectedHeader(protectedHeader).sign(key)
  }

  /** By hand: with headers that no library would write. */
  signedWith(header: Part): string {
    const signed = `${encode({ ...this.header, ...header })}.${encode(this.claims)}`
    return `${signed}.${sign('sha256', Buffer.from(signed), this.key).toString('base64url')}`
  }

  unsigned(header: Part, claims: Part = {}): string {
    return `${encode({ ...this.header, ...header })}.${encode({ ...this.claims, ...claims })}.`
  }

  /** Signed with what everybody can read, as if it were a shared secret. */
  hmac(secret: (publicKey: KeyObject) => string | Buffer, alg = 'HS256'): string {
    const signed = `${encode({ ...this.header, alg })}.${encode(this.claims)}`
    const mac = createHmac(`sha${alg.slice(2)}`, secret(createPublicKey(this.key)))
    return `${signed}.${mac.update(signed).digest('base64url')}`
  }

  /** The real token with one of its three parts replaced. */
  with(index: 0 | 1 | 2, change: (part: string) => string): string {
    const parts = this.token.split('.')
    parts[index] = change(parts[index] ?? '')
    return parts.join('.')
  }

  /** The payload is another, the signature that of the real one. */
  altered(claims: Part): string {
    return this.with(1, () => encode({ ...this.claims, ...claims }))
  }

  get foreignDer(): string {
    return createPublicKey(this.foreignKey).export({ type: 'spki', format: 'der' }).toString('base64')
  }

  get foreignJwk(): Part {
    return createPublicKey(this.foreignKey).export({ format: 'jwk' }) as Part
  }
}
