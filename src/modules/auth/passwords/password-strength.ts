import { isCommonPassword } from './common-passwords.js'

/** The form of a password that everything works on, so that it is the same from every keyboard. */
export const normalPassword = (password: string): string => password.normalize('NFKC')

export interface PasswordRule {
  readonly message: string
  /** The same for our own pages. */
  readonly inRussian: string
  readonly holds: (password: string) => boolean
}

// \p{M}: an accent typed as a character of its own belongs to its letter.
const RULES: readonly PasswordRule[] = [
  {
    message: 'must be at least 8 characters long',
    inRussian: 'не меньше 8 символов',
    holds: (password) => [...password].length >= 8,
  },
  {
    message: 'must be at most 128 characters long',
    inRussian: 'не больше 128 символов',
    holds: (password) => [...password].length <= 128,
  },
  {
    message: 'must contain an upper-case letter',
    inRussian: 'хотя бы одна заглавная буква',
    holds: (password) => /\p{Lu}/u.test(password),
  },
  {
    message: 'must contain a digit',
    inRussian: 'хотя бы одна цифра',
    holds: (password) => /\p{Nd}/u.test(password),
  },
  {
    message: 'must contain a character that is neither a letter nor a digit',
    inRussian: 'хотя бы один знак, кроме букв и цифр',
    holds: (password) => /[^\p{L}\p{M}\p{Nd}]/u.test(password),
  },
]

const UNCOMMON: PasswordRule = {
  message: 'must not be one of the most common passwords',
  inRussian: 'не из самых распространённых паролей: такой подберут первым',
  holds: (password) => !isCommonPassword(password),
}

/** Exactly the rules that a new password breaks; none when it is good. That it is common is said when nothing else is wrong. */
export function brokenPasswordRules(password: string): readonly PasswordRule[] {
  const normal = normalPassword(password)
  const broken = RULES.filter(({ holds }) => !holds(normal))
  return broken.length > 0 || UNCOMMON.holds(normal) ? broken : [UNCOMMON]
}
