import type { GraphQLResolveInfo } from 'graphql'
import { below } from '../../../platform/database/selection.js'
import type { Context } from '../../../platform/graphql/context.js'
import { selectionOf } from '../../../platform/graphql/selection-of.js'
import type { AccountQuery } from '../accounts/account.query.js'
import { keepRefreshToken } from '../sessions/refresh-cookie.js'
import type { AuthPayload } from './auth-payload.type.js'
import type { SignInOutcome } from './sign-in.service.js'

/** What the caller of any way of signing in is told. */
export type AnswerSignIn = (outcome: SignInOutcome, context: Context, info: GraphQLResolveInfo) => Promise<AuthPayload>

export const answerSignIn =
  (accounts: AccountQuery): AnswerSignIn =>
  async (outcome, context, info) => {
    if ('challenge' in outcome) return { user: null, token: null, requires2fa: true, challenge: outcome.challenge }
    const { viewer, token } = outcome
    // Whoever just signed in may read the private fields of the account in the same answer.
    Object.assign(context, { viewer })
    const user = await accounts.own(viewer, below(selectionOf(info), 'user'))
    return { user, token: keepRefreshToken(context, token), requires2fa: false, challenge: null }
  }
