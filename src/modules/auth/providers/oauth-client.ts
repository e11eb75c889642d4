import * as openid from 'openid-client'
import type { OpenIdProvider } from '../../../platform/config/config.js'
import { broughtParameters } from './brought-parameters.js'
import type { ProvenPerson, ProviderClient, ProviderVisit } from './provider-client.js'
import { ProviderRefusal } from './provider-failure.js'
import { providerFetch } from './provider-fetch.js'

/** What tells one provider's OAuth from another's, where there is no OpenID Connect. */
export interface OAuthDialect {
  readonly authorizationUrl: string
  readonly tokenUrl: string
  readonly personUrl: string
  readonly scope: string
  /** How we say who we are when we exchange a code. */
  authenticate(secret: string | null): openid.ClientAuth
  /** What the exchange wants besides the code. */
  exchangeParameters(brought: URLSearchParams): Record<string, string>
  /** The question who an access token belongs to. */
  askWho(accessToken: string, clientId: string): Parameters<typeof providerFetch>[1]
  /** @throws ProviderRefusal for an answer that names nobody, or somebody for another application */
  personOf(answer: unknown, clientId: string): ProvenPerson
}

/**
 * A provider by its own OAuth 2: code with PKCE, and then its own word for who the access token belongs to. We got that
 * token from the provider itself for a code that only our verifier could buy, which stands for the id_token that it
 * does not have.
 */
export class OAuthClient implements ProviderClient {
  readonly provider
  private readonly config: openid.Configuration

  constructor(
    private readonly options: OpenIdProvider,
    private readonly dialect: OAuthDialect,
    { allowHttp = false } = {},
  ) {
    this.provider = options.provider
    const { authorizationUrl, tokenUrl } = dialect
    const server = {
      issuer: new URL(tokenUrl).origin,
      authorization_endpoint: authorizationUrl,
      token_endpoint: tokenUrl,
    }
    this.config = new openid.Configuration(server, options.clientId, {}, dialect.authenticate(options.clientSecret))
    this.config[openid.customFetch] = async (url, request) => withoutIdToken(await providerFetch(url, request))
    if (allowHttp) openid.allowInsecureRequests(this.config)
  }

  async visitUrl({ state, verifier, redirectUri }: ProviderVisit): Promise<string> {
    return openid.buildAuthorizationUrl(this.config, {
      scope: this.dialect.scope,
      redirect_uri: redirectUri,
      state,
      code_challenge: await openid.calculatePKCECodeChallenge(verifier),
      code_challenge_method: 'S256',
    }).href
  }

  async prove(visit: ProviderVisit, brought: string): Promise<ProvenPerson> {
    const parameters = broughtParameters(brought, visit)
    parameters.delete('iss')
    const { access_token } = await openid.authorizationCodeGrant(
      this.config,
      new URL(`${visit.redirectUri}?${parameters}`),
      { expectedState: visit.state, pkceCodeVerifier: visit.verifier },
      this.dialect.exchangeParameters(parameters),
    )
    const { clientId } = this.options
    const answer = await providerFetch(this.dialect.personUrl, this.dialect.askWho(access_token, clientId))
    if (!answer.ok) throw new ProviderRefusal(`the question who it is was answered ${answer.status}`)
    return this.dialect.personOf(await answer.json().catch(() => null), clientId)
  }
}

/**
 * There are no published keys to check an id_token of theirs with, so none is looked at. They may leave out what kind
 * the other token is.
 */
async function withoutIdToken(answer: Response): Promise<Response> {
  const text = await answer.text()
  const { status, headers } = answer
  try {
    const { id_token: _, ...tokens } = JSON.parse(text) as Record<string, unknown>
    return new Response(JSON.stringify({ token_type: 'bearer', ...tokens }), { status, headers })
  } catch {
    return new Response(text, { status, headers })
  }
}
