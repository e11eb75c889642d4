import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'

const ALGORITHM = 'aes-256-gcm'
const NONCE_BYTES = 12
const TAG_BYTES = 16

/**
 * Encrypts what must be read again, so that a stolen table is worth nothing. A box is its key's version (1 byte), nonce, tag and
 * ciphertext; it opens only under the label it was sealed with, so it cannot be moved to another row.
 */
export class SealedBox {
  private readonly currentVersion: number

  /** @param keys 32 bytes each, by version from 1 to 255; the highest seals, all open */
  constructor(private readonly keys: ReadonlyMap<number, Uint8Array>) {
    this.currentVersion = Math.max(...keys.keys())
  }

  seal(label: string, text: string): Uint8Array<ArrayBuffer> {
    const nonce = randomBytes(NONCE_BYTES)
    const cipher = createCipheriv(ALGORITHM, this.key(this.currentVersion), nonce).setAAD(Buffer.from(label))
    const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()])
    return new Uint8Array(Buffer.concat([Buffer.of(this.currentVersion), nonce, cipher.getAuthTag(), sealed]))
  }

  /** @throws when the box was altered, moved or sealed with a key that is not there */
  open(label: string, box: Uint8Array): string {
    const [version = 0] = box
    const nonce = box.subarray(1, 1 + NONCE_BYTES)
    const tag = box.subarray(1 + NONCE_BYTES, 1 + NONCE_BYTES + TAG_BYTES)
    const decipher = createDecipheriv(ALGORITHM, this.key(version), nonce, { authTagLength: TAG_BYTES })
      .setAAD(Buffer.from(label))
      .setAuthTag(tag)
    const text = decipher.update(box.subarray(1 + NONCE_BYTES + TAG_BYTES))
    return Buffer.concat([text, decipher.final()]).toString('utf8')
  }

  private key(version: number): Uint8Array {
    const key = this.keys.get(version)
    if (!key) throw new Error(`something was sealed with key ${version}, which is not configured`)
    return key
  }
}
