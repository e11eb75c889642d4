import { createHmac, timingSafeEqual } from 'node:crypto'

/**
 * Addresses of checkout pages. Who knows one may pay, and ids can be guessed from the time, so each carries a MAC.
 */
export class SandboxLinks {
  constructor(
    private readonly publicUrl: string,
    private readonly key: Uint8Array,
  ) {}

  checkoutUrl(id: string): string {
    return `${this.publicUrl}/sandbox/checkout/${id}/${this.mac(id).toString('base64url')}`
  }

  isToken(id: string, token: string): boolean {
    const given = Buffer.from(token, 'base64url')
    const right = this.mac(id)
    return given.length === right.length && timingSafeEqual(given, right)
  }

  private mac(id: string): Buffer {
    return createHmac('sha256', this.key).update('checkout:').update(id).digest().subarray(0, 16)
  }
}
