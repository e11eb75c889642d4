/** What letters there are: the names of the jobs that send them. */
export const WELCOME_LETTER = 'auth.welcome-letter'
export const VERIFICATION_LETTER = 'auth.verification-letter'
export const RESET_LETTER = 'auth.reset-letter'
export const NOTICE_LETTER = 'auth.notice-letter'

/** How often a letter is tried: over some three hours. */
export const TRIES = 10
