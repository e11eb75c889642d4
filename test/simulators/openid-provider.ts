import { generateKeyPairSync, randomBytes } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { text } from 'node:stream/consumers'
import type { JWK, default as Provider } from 'oidc-provider'
import { type Handler, listen } from './listen.js'

// oidc-provider 9 wants a function of Node 22; the server itself runs on 20.
URL.parse ??= (url, base) => (URL.canParse(url, base) ? new URL(url, base) : null)

export interface ProviderPerson {
  readonly email?: string
  readonly email_verified?: boolean
  readonly name?: string
}

export interface OpenIdProviderSimulator {
  readonly issuer: string
  /** By their subject, which they type in to sign in. */
  readonly people: Map<string, ProviderPerson>
  /** What answers instead of the provider, while it is set. */
  interrupt: Handler | null
  /** How often each path was asked for. */
  readonly asked: Map<string, number>
}

export const CLIENTS = ['yandex-client', 'vk-client', 'google-client'] as const
export const CLIENT_SECRET = 'a-client-secret-of-some-length'

/**
 * A real OpenID provider, with PKCE required and pages of its own for signing in and consenting. Closed after the file.
 */
export async function startOpenIdProvider(redirectUris: readonly string[]): Promise<OpenIdProviderSimulator> {
  const { default: OidcProvider } = await import('oidc-provider')
  const people = new Map<string, ProviderPerson>()
  const asked = new Map<string, number>()
  let answer: Handler = (_request, response) => void response.writeHead(503).end()
  const simulator: { -readonly [Name in keyof OpenIdProviderSimulator]: OpenIdProviderSimulator[Name] } = {
    issuer: await listen((request, response) => {
      const { pathname } = new URL(request.url ?? '/', 'http://provider')
      asked.set(pathname, (asked.get(pathname) ?? 0) + 1)
      return (simulator.interrupt ?? answer)(request, response)
    }),
    people,
    asked,
    interrupt: null,
  }
  const provider = new OidcProvider(simulator.issuer, {
    clients: CLIENTS.map((client_id) => ({
      client_id,
      client_secret: CLIENT_SECRET,
      redirect_uris: [...redirectUris],
      token_endpoint_auth_method: 'client_secret_post',
    })),
    jwks: { keys: [signingKey()] },
    cookies: { keys: [randomBytes(16).toString('hex')] },
    claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['name'] },
    findAccount: (_context, sub) => ({
      accountId: sub,
      claims: () => ({ sub, ...people.get(sub) }),
    }),
    features: { devInteractions: { enabled: false } },
    interactions: { url: (_context, interaction) => `/interaction/${interaction.uid}` },
    pkce: { required: () => true },
    ttl: { AccessToken: 60, AuthorizationCode: 60, Grant: 600, IdToken: 60, Interaction: 600, Session: 600 },
  })
  const callback = provider.callback()
  answer = (request, response) =>
    request.url?.startsWith('/interaction/')
      ? interact(provider, people, request, response)
      : callback(request, response)
  return simulator
}

/** The pages of the provider: who are you, and may they know it? */
async function interact(
  provider: Provider,
  people: ReadonlyMap<string, ProviderPerson>,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { prompt, params, session, uid } = await provider.interactionDetails(request, response)
  if (request.method !== 'POST') {
    const field = prompt.name === 'login' ? '<label>Login <input name="login"></label>' : ''
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' })
    response.end(`<!doctype html><title>Provider</title><link rel="icon" href="data:,"><h1>${prompt.name}</h1>
      <form method="post" action="/interaction/${uid}">${field}
      <button name="answer" value="yes">Continue</button><button name="answer" value="no">Cancel</button></form>`)
    return
  }
  const form = new URLSearchParams(await text(request))
  if (form.get('answer') !== 'yes') return finish({ error: 'access_denied', error_description: 'the person said no' })
  if (prompt.name === 'login') {
    const accountId = form.get('login') ?? ''
    if (!people.has(accountId)) return void response.writeHead(401).end('nobody')
    return finish({ login: { accountId } })
  }
  const grant = new provider.Grant({ accountId: session?.accountId ?? '', clientId: String(params.client_id) })
  grant.addOIDCScope(String(params.scope))
  return finish({ consent: { grantId: await grant.save() } })

  function finish(result: Parameters<Provider['interactionFinished']>[2]): Promise<void> {
    return provider.interactionFinished(request, response, result, { mergeWithLastSubmission: 'consent' in result })
  }
}

function signingKey(): JWK {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  return { ...(privateKey.export({ format: 'jwk' }) as JWK), kid: 'simulator', alg: 'RS256', use: 'sig' }
}
