import * as openid from 'openid-client'
import type { OpenIdProvider } from '../../../platform/config/config.js'
import { broughtParameters } from './brought-parameters.js'
import { displayNameOf, subjectOf, verifiedEmailOf } from './proven-person.js'
import type { ProvenPerson, ProviderClient, ProviderVisit } from './provider-client.js'
import { isOutage, ProviderOutage, providerFetch } from './provider-fetch.js'

export interface OpenIdClientOptions extends OpenIdProvider {
  readonly issuer: string
  /** Whether the provider may be reached without TLS, as one on this machine is. */
  readonly allowHttp: boolean
}

/** A provider by OpenID Connect: discovery, code with PKCE, an id_token that it signed for this visit. */
export class OpenIdClient implements ProviderClient {
  readonly provider
  private discovered: Promise<openid.Configuration> | null = null

  constructor(private readonly options: OpenIdClientOptions) {
    this.provider = options.provider
  }

  async visitUrl({ state, nonce, verifier, redirectUri }: ProviderVisit): Promise<string> {
    const config = await this.configuration()
    return openid.buildAuthorizationUrl(config, {
      scope: 'openid email profile',
      redirect_uri: redirectUri,
      state,
      nonce,
      code_challenge: await openid.calculatePKCECodeChallenge(verifier),
      code_challenge_method: 'S256',
    }).href
  }

  async prove(visit: ProviderVisit, brought: string): Promise<ProvenPerson> {
    const config = await this.configuration()
    try {
      return personOf(await this.claims(config, visit, brought))
    } catch (error) {
      // Its endpoints may have moved.
      if (isOutage(error)) this.discovered = null
      throw error
    }
  }

  private async claims(config: openid.Configuration, visit: ProviderVisit, brought: string): Promise<Claims> {
    const { issuer, userinfo_endpoint } = config.serverMetadata()
    const parameters = broughtParameters(brought, visit)
    // Who brings the code alone does not bring who sent it. The visit knows which provider it went to, and the id_token
    // names it.
    if (!parameters.has('iss')) parameters.set('iss', issuer)
    const tokens = await openid.authorizationCodeGrant(config, new URL(`${visit.redirectUri}?${parameters}`), {
      expectedState: visit.state,
      expectedNonce: visit.nonce,
      pkceCodeVerifier: visit.verifier,
      idTokenExpected: true,
    })
    const claims: Claims = tokens.claims() ?? {}
    // Many keep the address out of the id_token.
    if (claims.email !== undefined || !userinfo_endpoint) return claims
    return openid.fetchUserInfo(config, tokens.access_token, subjectOf(claims.sub))
  }

  private configuration(): Promise<openid.Configuration> {
    this.discovered ??= this.discover().catch((cause: unknown) => {
      this.discovered = null
      throw isOutage(cause) ? cause : new ProviderOutage('the provider could not be discovered', { cause })
    })
    return this.discovered
  }

  private discover(): Promise<openid.Configuration> {
    const { issuer, clientId, clientSecret, allowHttp } = this.options
    return openid.discovery(new URL(issuer), clientId, clientSecret ?? undefined, undefined, {
      [openid.customFetch]: providerFetch,
      // That the answer came over TLS would do for the standard; the signature also holds where a proxy stands between.
      execute: [openid.enableNonRepudiationChecks, ...(allowHttp ? [openid.allowInsecureRequests] : [])],
    })
  }
}

type Claims = Readonly<Record<string, unknown>>

const personOf = (claims: Claims): ProvenPerson => ({
  subject: subjectOf(claims.sub),
  name: displayNameOf(claims.name),
  verifiedEmail: verifiedEmailOf(claims),
  provenAt: null,
})
