import type { CursorCodec, CursorValue } from '../../kernel/cursor.js'
import { DomainError } from '../../kernel/domain-error.js'
import { isId } from '../../kernel/ids.js'

/** The page where a plan is renewed by hand. */
export const RENEWAL_PATH = '/plans/renew'

export interface RenewalLink {
  readonly subscriptionId: string
  /** The paid end that is to be gone on from. */
  readonly renewsFrom: Date
}

/** Where the provider sends whoever paid there. */
export const RENEWED_PATH = '/plans/renewed'

/** Tokens of these pages, with a MAC over subscription and paid end: who knows one may pay, and nobody can guess one. What providers get to see shows a purchase and pays nothing. */
export class RenewalLinks {
  constructor(
    private readonly publicUrl: string,
    private readonly codec: CursorCodec,
  ) {}

  url({ subscriptionId, renewsFrom }: RenewalLink): string {
    return `${this.publicUrl}${RENEWAL_PATH}?token=${this.codec.encode(RENEWAL_PATH, [subscriptionId, renewsFrom.getTime()])}`
  }

  /** Null unless it is one of ours. */
  read(token: string): RenewalLink | null {
    const [subscriptionId, renewsFrom] = this.decoded(RENEWAL_PATH, token)
    if (typeof subscriptionId !== 'string' || !isId(subscriptionId) || typeof renewsFrom !== 'number') return null
    return { subscriptionId, renewsFrom: new Date(renewsFrom) }
  }

  renewedUrl(purchaseId: string): string {
    return `${this.publicUrl}${RENEWED_PATH}?token=${this.codec.encode(RENEWED_PATH, [purchaseId])}`
  }

  /** The purchase's id; null unless it is one of ours. */
  readRenewed(token: string): string | null {
    const [purchaseId] = this.decoded(RENEWED_PATH, token)
    return typeof purchaseId === 'string' && isId(purchaseId) ? purchaseId : null
  }

  /** Where the page's form goes, also where a proxy serves us below a path of its own. */
  get formPath(): string {
    return new URL(`${this.publicUrl}${RENEWAL_PATH}`).pathname
  }

  private decoded(path: string, token: string): readonly CursorValue[] {
    try {
      return this.codec.decode(path, token, 'token')
    } catch (error) {
      if (error instanceof DomainError) return []
      throw error
    }
  }
}
