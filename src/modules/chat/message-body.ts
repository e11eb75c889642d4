import { inputError } from '../../kernel/domain-error.js'
import { plainText } from './plain-text.js'

/** The most characters of a body, counted after trimming; an emoji made of one code point is one. */
export const MAX_BODY = 2000

/** What is stored of a body whose length was checked. @throws BAD_USER_INPUT naming `path` when nothing of it could be seen */
export function messageBody(raw: string, path: string): string {
  const body = plainText(raw)
  if (body === '') throw inputError([{ path, message: `must be 1 to ${MAX_BODY} characters long` }])
  return body
}
