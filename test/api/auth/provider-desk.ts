import { CLIENT_SECRET, type OpenIdProviderSimulator, startOpenIdProvider } from '../../simulators/openid-provider.js'
import { Visitor } from '../../simulators/visitor.js'
import { TestClient } from '../../testkit/client.js'
import { startTestServer, type TestServer, type TestServerOptions } from '../../testkit/server.js'
import type { Payload } from './operations.js'
import { newAddress } from './people.js'

export const APP = 'http://app.example.test'
export const REDIRECT_URI = `${APP}/signed-in`

export const START_PROVIDER_LOGIN = `mutation StartProviderLogin($provider: IdentityProvider!, $redirectUri: URL!) {
  startProviderLogin(provider: $provider, redirectUri: $redirectUri)
}`

export const COMPLETE_PROVIDER_LOGIN = `mutation CompleteProviderLogin($provider: IdentityProvider!, $code: String!, $state: String!) {
  completeProviderLogin(provider: $provider, code: $code, state: $state) {
    user { id email emailVerified phone telegramId displayName role isGuest twoFactorEnabled createdAt }
    token { accessToken tokenType expiresIn refreshToken issuedAt tokenId scopes }
    requires2fa
    challenge
  }
}`

export type ProviderName = 'YANDEX' | 'VK' | 'GOOGLE' | 'TELEGRAM'

/** What somebody brings back from a provider. */
export interface Brought {
  readonly code: string
  readonly state: string
}

export interface ProviderDesk {
  readonly server: TestServer
  readonly provider: OpenIdProviderSimulator
  /** Makes somebody at the provider. @returns what they type in there */
  newPerson(claims?: { email?: string; email_verified?: boolean; name?: string }): string
  start(client?: TestClient, provider?: ProviderName): Promise<string>
  /** Begins a visit and comes back from it. */
  bring(login: string, client?: TestClient, provider?: ProviderName): Promise<Brought>
  complete(brought: Brought, client?: TestClient, provider?: ProviderName): ReturnType<typeof completeWith>
  /** The whole visit. */
  signIn(login: string, client?: TestClient, provider?: ProviderName): ReturnType<typeof completeWith>
}

export const envFor = (issuer: string): Record<string, string> =>
  Object.fromEntries(
    ['YANDEX', 'VK', 'GOOGLE'].flatMap((name) => [
      [`${name}_CLIENT_ID`, `${name.toLowerCase()}-client`],
      [`${name}_CLIENT_SECRET`, CLIENT_SECRET],
      [`${name}_ISSUER`, issuer],
    ]),
  )

/** A server that offers a real OpenID provider under three names. */
export async function openProviderDesk({ env = {}, ...options }: TestServerOptions = {}): Promise<ProviderDesk> {
  const provider = await startOpenIdProvider([REDIRECT_URI])
  const server = await startTestServer({
    ...options,
    env: { ALLOWED_ORIGINS: APP, ...envFor(provider.issuer), ...env },
  })
  const visitor = () => new TestClient(server)
  let people = 0
  const desk: ProviderDesk = {
    server,
    provider,
    newPerson(claims = { email: newAddress(), email_verified: true, name: 'Анна Петрова' }) {
      const login = `person-${++people}`
      provider.people.set(login, claims)
      return login
    },
    start: async (client = visitor(), name = 'GOOGLE') => {
      const variables = { provider: name, redirectUri: REDIRECT_URI }
      return (await client.get<{ startProviderLogin: string }>(START_PROVIDER_LOGIN, variables)).startProviderLogin
    },
    bring: async (login, client, name) => {
      const back = await new Visitor().visit(await desk.start(client, name), REDIRECT_URI, login)
      return broughtBy(back)
    },
    complete: (brought, client = visitor(), name = 'GOOGLE') => completeWith(client, name, brought),
    signIn: async (login, client, name) => desk.complete(await desk.bring(login, client, name), client, name),
  }
  return desk
}

export const broughtBy = ({ searchParams }: URL): Brought => ({
  code: searchParams.get('code') ?? '',
  state: searchParams.get('state') ?? '',
})

async function completeWith(client: TestClient, provider: ProviderName, brought: Brought) {
  const { data, errors } = await client.ask<{ completeProviderLogin: Payload }>(COMPLETE_PROVIDER_LOGIN, {
    provider,
    ...brought,
  })
  return { payload: data?.completeProviderLogin, error: errors[0], code: errors[0]?.extensions.code ?? 'ok' }
}
