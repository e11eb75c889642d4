/** The form of a password that everything works on, so that it is the same from every keyboard. */
export const normalPassword = (password: string): string => password.normalize('NFKC')

interface PasswordRule {
  readonly message: string
  readonly holds: (password: string) => boolean
}

// \p{M}: an accent typed as a character of its own belongs to its letter.
const RULES: readonly PasswordRule[] = [
  { message: 'must be at least 8 characters long', holds: (password) => [...password].length >= 8 },
  { message: 'must be at most 128 characters long', holds: (password) => [...password].length <= 128 },
  { message: 'must contain an upper-case letter', holds: (password) => /\p{Lu}/u.test(password) },
  { message: 'must contain a digit', holds: (password) => /\p{Nd}/u.test(password) },
  {
    message: 'must contain a character that is neither a letter nor a digit',
    holds: (password) => /[^\p{L}\p{M}\p{Nd}]/u.test(password),
  },
]

/** The messages of exactly the rules that a new password breaks; none when it is good. */
export function brokenPasswordRules(password: string): string[] {
  const normal = normalPassword(password)
  return RULES.filter(({ holds }) => !holds(normal)).map(({ message }) => message)
}
