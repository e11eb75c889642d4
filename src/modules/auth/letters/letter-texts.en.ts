import type { Letter } from '../../../platform/mail/letter.js'
import type { AccountLetters } from './account-letters.js'

const letter = (subject: string, ...paragraphs: Letter['paragraphs']): Letter => ({ subject, paragraphs })

const NOT_YOU = 'If it was not you, ask for a new password where you sign in: that ends every session.'
const TOO_LATE = 'If it was not you, write to AdTime support at once.'

export const englishLetters: AccountLetters = {
  welcome: (url) =>
    letter(
      'Welcome to AdTime',
      'Your account is there. Describe an advertisement in words, and we draw, print and deliver it.',
      ...(url === null
        ? []
        : [
            { text: 'Please confirm that this address is yours:', button: 'Confirm the address', url },
            'The link works once, within a day. If you did not make this account, do nothing.',
          ]),
    ),
  verification: (url) =>
    letter(
      'Confirm your address',
      {
        text: 'Please confirm that this address is yours and that your AdTime account needs it:',
        button: 'Confirm the address',
        url,
      },
      'The link works once, within a day. If you did not ask for it, do nothing.',
    ),
  reset: (url) =>
    letter(
      'A new password for AdTime',
      { text: 'To set a new password, open this page:', button: 'Set a password', url },
      'The link works once, within an hour. If you did not ask for it, do nothing: your password stays as it is.',
    ),
  notices: {
    'password-changed': letter(
      'Your password was changed',
      'The password of your AdTime account was changed, and every session has ended. Sign in with the new one.',
      NOT_YOU,
    ),
    'password-reset': letter(
      'A new password was set',
      'A new password was set for your AdTime account with the link of a letter, and every session has ended. A second factor, if there was one, stays.',
      NOT_YOU,
    ),
    'email-change-requested': letter(
      'Another address was asked for',
      'Another e-mail address was asked for in your AdTime account. It takes the place of this one once it is confirmed.',
      'If it was not you, ask for a new password where you sign in: that ends every session and gives the change up.',
    ),
    'email-changed': letter(
      'Your address was changed',
      'Your AdTime account has another e-mail address now. No more letters will come to this one.',
      TOO_LATE,
    ),
    'second-factor-on': letter(
      'The second factor is on',
      'Signing in to your AdTime account now takes a code from your app as well.',
      NOT_YOU,
    ),
    'second-factor-off': letter(
      'The second factor is off',
      'Signing in to your AdTime account no longer takes a code from your app.',
      NOT_YOU,
    ),
    'identity-linked': letter(
      'A new way to sign in',
      'One more service can now be used to sign in to your AdTime account.',
      TOO_LATE,
    ),
    'account-deleted': letter(
      'Your account was deleted',
      'Your AdTime account was deleted. We keep only what the law obliges us to, and without your name.',
      TOO_LATE,
    ),
  },
}
