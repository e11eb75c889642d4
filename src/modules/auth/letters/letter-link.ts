/** Our pages that letters lead to, by path. */
export const letterPages = {
  verifyEmail: '/account/verify-email',
  resetPassword: '/account/reset-password',
} as const

/** Leads to one of our pages with a token, and with nothing else that a log or a neighbour could read. */
export const letterLink = (publicUrl: string, page: keyof typeof letterPages, token: string): string =>
  `${publicUrl}${letterPages[page]}?token=${token}`

/** Where the form of such a page goes, also where a proxy serves us below a path of its own. */
export const letterFormPath = (publicUrl: string, page: keyof typeof letterPages): string =>
  new URL(`${publicUrl}${letterPages[page]}`).pathname
