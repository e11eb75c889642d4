import type { Platform } from '../../../platform/platform.js'
import type { Room } from '../../../platform/room.js'
import type { AuthLimits } from '../auth-limits.js'
import type { AnswerSignIn } from '../sign-in/auth-answer.js'
import type { SignInService } from '../sign-in/sign-in.service.js'
import { IdentityAccounts } from './identity-accounts.js'
import { IdentitySignInService } from './identity-sign-in.service.js'
import { providerClients } from './provider-clients.js'
import { ProviderLoginResolver } from './provider-login.resolver.js'
import { ProviderLoginService } from './provider-login.service.js'
import { pruneProviderLogins } from './provider-login-pruning.job.js'
import { ProviderVisits } from './provider-visits.js'

export interface ProvidersSurroundings {
  readonly signIns: SignInService
  readonly answer: AnswerSignIn
  readonly limits: AuthLimits
}

/** Signing in with an account that somebody has elsewhere. */
export function createProvidersCorner(platform: Platform, { signIns, answer, limits }: ProvidersSurroundings) {
  const { config, database, clock, sealedBox, log, mailer } = platform
  const logins = new ProviderLoginService({
    clients: providerClients(config, clock),
    visits: new ProviderVisits(database, clock, sealedBox),
    signIns: new IdentitySignInService(signIns, new IdentityAccounts(clock, mailer !== null)),
    limits,
    config,
    log,
  })
  return {
    resolvers: [new ProviderLoginResolver(logins, answer)],
    jobs: { 'prune-provider-logins': pruneProviderLogins(database, clock) },
    crontab: ['41 3 * * * prune-provider-logins ?max=1'],
  } satisfies Room
}
