import type { Platform } from '../../../platform/platform.js'
import type { Room } from '../../../platform/room.js'
import type { AuthLimits } from '../auth-limits.js'
import type { AnswerSignIn } from '../sign-in/auth-answer.js'
import type { SignInService } from '../sign-in/sign-in.service.js'
import { prunePhoneCodes } from './phone-code-pruning.job.js'
import { PHONE_CODE_SMS, sendPhoneCode } from './phone-code-sms.job.js'
import { PhoneCodes } from './phone-codes.js'
import { PhoneLoginResolver } from './phone-login.resolver.js'
import { PhoneLoginService } from './phone-login.service.js'

export interface PhoneSurroundings {
  readonly signIns: SignInService
  readonly answer: AnswerSignIn
  readonly limits: AuthLimits
}

/** Signing in with a code that is sent to a phone. */
export function createPhoneCorner(platform: Platform, { signIns, answer, limits }: PhoneSurroundings) {
  const { database, clock, secrets, sealedBox, sms } = platform
  const codes = new PhoneCodes(database, clock, secrets.shortCodeKey)
  const logins = new PhoneLoginService(platform, codes, signIns, limits)
  return {
    resolvers: [new PhoneLoginResolver(logins, answer)],
    jobs: {
      'prune-phone-codes': prunePhoneCodes(database, clock),
      ...(sms && { [PHONE_CODE_SMS]: sendPhoneCode(sms, codes, sealedBox) }),
    },
    crontab: ['43 3 * * * prune-phone-codes ?max=1'],
  } satisfies Room
}
