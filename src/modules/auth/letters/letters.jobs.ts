import type { EmailTokenPurpose, Locale } from '../../../generated/prisma/enums.js'
import type { JobHandler } from '../../../platform/jobs/job-handler.js'
import { type Letter, writeLetter } from '../../../platform/mail/letter.js'
import type { Platform } from '../../../platform/platform.js'
import type { OwnerEvent } from './account-letters.js'
import { type EmailProof, issueEmailToken } from './email-token.js'
import { NOTICE_LETTER, RESET_LETTER, VERIFICATION_LETTER, WELCOME_LETTER } from './letter-kinds.js'
import { letterLink } from './letter-link.js'
import { accountLetters } from './letter-texts.js'
import { unprovenAddress } from './unproven-address.js'

type Parts = Pick<Platform, 'database' | 'clock' | 'config' | 'mailer'>

/**
 * The jobs that write to people. Each asks anew whom it writes to and makes its token itself: the job's row, which is kept until
 * the letter is out, holds no secret, and asking for a letter is the same work whoever it is for.
 */
export function letterJobs({ database, clock, config, mailer }: Parts): Readonly<Record<string, JobHandler>> {
  const { user } = database.prisma
  const send = async (to: string, locale: Locale, letter: Letter) =>
    mailer?.send({ to, ...writeLetter(locale, letter) })
  const link = async (purpose: EmailTokenPurpose, proof: EmailProof): Promise<string> => {
    const token = await issueEmailToken(database, purpose, proof, clock.now())
    return letterLink(config.publicUrl, purpose === 'VERIFY_EMAIL' ? 'verifyEmail' : 'resetPassword', token)
  }
  return {
    async [WELCOME_LETTER]({ userId }: { userId: string }) {
      const account = await user.findUnique({ where: { id: userId } })
      if (!account?.email) return
      const { email, locale } = account
      const proof = account.emailVerifiedAt ? null : await link('VERIFY_EMAIL', { userId, email })
      await send(email, locale, accountLetters[locale].welcome(proof))
    },

    async [VERIFICATION_LETTER]({ userId }: { userId: string }) {
      const account = await user.findUnique({ where: { id: userId, blockedAt: null, deletedAt: null } })
      const email = account && unprovenAddress(account)
      if (!email) return
      const { locale } = account
      await send(email, locale, accountLetters[locale].verification(await link('VERIFY_EMAIL', { userId, email })))
    },

    async [RESET_LETTER]({ email }: { email: string }) {
      const account = await user.findUnique({ where: { email, blockedAt: null, deletedAt: null } })
      if (!account) return
      const { id: userId, locale } = account
      await send(email, locale, accountLetters[locale].reset(await link('RESET_PASSWORD', { userId, email })))
    },

    async [NOTICE_LETTER]({ to, event, locale = 'RU' }: { to: string; event: OwnerEvent; locale?: Locale }) {
      await send(to, locale, accountLetters[locale].notices[event])
    },
  }
}
