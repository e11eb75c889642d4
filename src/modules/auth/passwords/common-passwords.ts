import { createRequire } from 'node:module'

const require = createRequire(import.meta.url)
let list: ReadonlySet<string> | undefined

// Unpacking takes 25 ms and 10 MB: for the first password that is asked about, not for every start of a process.
function commonPasswords(): ReadonlySet<string> {
  if (list) return list
  const { dictionary } = require('@zxcvbn-ts/language-common') as typeof import('@zxcvbn-ts/language-common')
  list = new Set(dictionary['passwords-common'])
  return list
}

const EDGES = /^[^\p{L}\p{M}\p{Nd}]+|[^\p{L}\p{M}\p{Nd}]+$/gu

/** Whether the password is among the fifty thousand that are tried first, in any case of letters, bare or with signs put around it. */
export function isCommonPassword(password: string): boolean {
  const lower = password.toLowerCase()
  return commonPasswords().has(lower) || commonPasswords().has(lower.replace(EDGES, ''))
}
