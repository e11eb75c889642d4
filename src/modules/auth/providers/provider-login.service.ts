import type { IdentityProvider } from '../../../generated/prisma/enums.js'
import { forbidden, inputError, type WrongField } from '../../../kernel/domain-error.js'
import type { Viewer } from '../../../kernel/viewer.js'
import type { Config } from '../../../platform/config/config.js'
import type { Logger } from '../../../platform/observability/logger.js'
import { newSecret } from '../../../platform/secrets/one-time-secret.js'
import type { AuthLimits } from '../auth-limits.js'
import type { Client } from '../sessions/session-opening.js'
import type { SignInOutcome } from '../sign-in/sign-in.service.js'
import type { IdentitySignInService } from './identity-sign-in.service.js'
import type { ProviderClient } from './provider-client.js'
import { ProviderRefusal, providerFailure } from './provider-failure.js'
import type { BrowserMemory, ProviderVisits, ReturnedVisit } from './provider-visits.js'
import { redirectProblem } from './redirect-rule.js'

const MAX_STATE = 128
const MAX_BROUGHT = 8_192

/** Who calls, and the browser that remembers for them; null where there is none that can. */
export interface Traveller extends Client {
  readonly cookies: BrowserMemory | null
}

export interface ReturnFromProvider {
  readonly provider: IdentityProvider
  readonly code: string
  readonly state: string
}

interface Dependencies {
  readonly clients: ReadonlyMap<IdentityProvider, ProviderClient>
  readonly visits: ProviderVisits
  readonly signIns: IdentitySignInService
  readonly limits: AuthLimits
  readonly config: Pick<Config, 'allowedOrigins' | 'publicUrl'>
  readonly log: Logger
}

/** Sends people to identity providers and takes them in when they come back. */
export class ProviderLoginService {
  constructor(private readonly parts: Dependencies) {}

  /** The providers that are configured. */
  offered(): IdentityProvider[] {
    return [...this.parts.clients.keys()]
  }

  /**
   * Begins a visit, good once and for ten minutes. Whoever is signed in begins it to link the identity to their
   * account.
   * @returns the URL to send the person to
   * @throws BAD_USER_INPUT for a provider that is not configured and a foreign redirect URI; FORBIDDEN for guests and
   *   programs; PROVIDER_UNAVAILABLE; RATE_LIMITED
   */
  async start(
    viewer: Viewer,
    { provider, redirectUri }: Pick<ReturnedVisit, 'provider' | 'redirectUri'>,
    traveller: Traveller,
  ): Promise<string> {
    const { clients, visits, limits, config, log } = this.parts
    const client = clients.get(provider)
    const problem = redirectProblem(redirectUri, config)
    const wrong: WrongField[] = [
      ...(client ? [] : [notOffered]),
      ...(problem === null ? [] : [{ path: 'redirectUri', message: problem }]),
    ]
    if (!client || wrong.length > 0) throw inputError(wrong)
    const userId = whoLinks(viewer)
    await limits.providerLogin.take(traveller.ip, null)
    const secrets = { state: newSecret(), verifier: newSecret(), nonce: newSecret() }
    const visit = { ...secrets, provider, userId, redirectUri: new URL(redirectUri).href }
    const url = await client.visitUrl(visit).catch((error: unknown) => {
      throw providerFailure(provider, error, log)
    })
    await visits.keep(visit, traveller.cookies)
    return url
  }

  /**
   * Ends a visit: signs in whoever the provider says came back, or links them to the account that began it.
   * @throws UNAUTHENTICATED, after which the visit is over, for everything that proves nothing; CONFLICT; FORBIDDEN for
   *   a blocked account; BAD_USER_INPUT for a provider that is not configured; PROVIDER_UNAVAILABLE; RATE_LIMITED
   */
  async complete(viewer: Viewer, brought: ReturnFromProvider, traveller: Traveller): Promise<SignInOutcome> {
    const client = this.parts.clients.get(brought.provider)
    if (!client) throw inputError([notOffered])
    await this.parts.limits.providerLogin.take(traveller.ip, null)
    try {
      return await this.takeIn(viewer, client, brought, traveller)
    } catch (error) {
      throw providerFailure(client.provider, error, this.parts.log)
    }
  }

  private async takeIn(
    viewer: Viewer,
    client: ProviderClient,
    { provider, code, state }: ReturnFromProvider,
    traveller: Traveller,
  ): Promise<SignInOutcome> {
    if (code.length > MAX_BROUGHT || state.length > MAX_STATE) throw new ProviderRefusal('nothing we gave is as long')
    // Taken before the code is exchanged, so that of parallel completions one asks the provider.
    const visit = await this.parts.visits.take(state, traveller.cookies)
    if (visit.provider !== provider) throw new ProviderRefusal('the visit was to another provider')
    if (!mayFinish(viewer, visit)) throw new ProviderRefusal('the visit was begun by another account')
    const person = await client.prove(visit, code)
    return this.parts.signIns.signIn({ provider, person }, visit.userId, traveller)
  }
}

const notOffered: WrongField = {
  path: 'provider',
  message: 'is not offered here; identityProviders lists those that are',
}

/** @throws FORBIDDEN for those whose account cannot be signed in to with an identity */
function whoLinks(viewer: Viewer): string | null {
  if (viewer.kind === 'visitor') return null
  if (viewer.isGuest)
    throw forbidden(
      'A guest has no account to link an identity to: use upgradeGuest to keep what you made, or call without your token to sign in.',
    )
  if (viewer.isMachine) throw forbidden('A program cannot link an identity.')
  return viewer.userId
}

/**
 * A visit that was begun to link ends with the one who began it: otherwise a stranger's identity could be tied to their
 * account, or theirs to a stranger's.
 */
const mayFinish = (viewer: Viewer, { userId }: ReturnedVisit): boolean =>
  userId === null || (viewer.kind === 'user' && viewer.userId === userId && !viewer.isMachine)
