import type { Letter } from '../../../platform/mail/letter.js'

/** What an owner is told about, so that nobody does it to them unnoticed. */
export type OwnerEvent =
  | 'password-changed'
  | 'password-reset'
  | 'email-change-requested'
  | 'email-changed'
  | 'second-factor-on'
  | 'second-factor-off'
  | 'identity-linked'
  | 'account-deleted'

/**
 * What people are written about their accounts. No letter repeats what somebody typed, such as a name: anybody can have letters sent to
 * anybody, and would write in them.
 */
export interface AccountLetters {
  /** @param link null when the address is proven already */
  welcome(link: string | null): Letter
  verification(link: string): Letter
  reset(link: string): Letter
  readonly notices: Readonly<Record<OwnerEvent, Letter>>
}
