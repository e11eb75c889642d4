import { exportJWK, generateKeyPair, type JWTPayload, SignJWT } from 'jose'
import { listen } from './listen.js'

/** What the id_token says, and how it is signed, other than an honest provider would. */
export interface Lie {
  readonly claims?: Readonly<Record<string, unknown>>
  readonly header?: { readonly alg?: string; readonly kid?: string }
  /** Makes the whole token. */
  readonly token?: (claims: JWTPayload) => string | undefined
  readonly signedByAnother?: boolean
}

export interface LyingProvider {
  readonly issuer: string
  /** The id_token of the next exchange. */
  lie(nonce: string, lie?: Lie): void
}

/** An OpenID provider that gives for any code whatever it was told to. Closed after the file. */
export async function startLyingProvider(clientId: string): Promise<LyingProvider> {
  const [own, other] = [await generateKeyPair('RS256'), await generateKeyPair('RS256')]
  const kid = 'own'
  let next: { nonce: string; lie: Lie } = { nonce: '', lie: {} }
  const jwks = { keys: [{ ...(await exportJWK(own.publicKey)), kid, alg: 'RS256', use: 'sig' }] }

  const idToken = async (): Promise<string | undefined> => {
    const { nonce, lie } = next
    const now = Math.floor(Date.now() / 1_000)
    const honest = { iss: issuer, aud: clientId, sub: 'liar', iat: now, exp: now + 60, nonce }
    const claims: JWTPayload = { ...honest, email: 'liar@example.com', email_verified: true, ...lie.claims }
    if (lie.token) return lie.token(claims)
    const { privateKey } = lie.signedByAnother ? other : own
    return new SignJWT(claims).setProtectedHeader({ alg: 'RS256', kid, ...lie.header }).sign(privateKey)
  }

  const issuer: string = await listen(async (request, response) => {
    const answers: Record<string, () => unknown> = {
      '/.well-known/openid-configuration': () => ({
        issuer,
        authorization_endpoint: `${issuer}/auth`,
        token_endpoint: `${issuer}/token`,
        jwks_uri: `${issuer}/jwks`,
        id_token_signing_alg_values_supported: ['RS256', 'HS256', 'none'],
      }),
      '/jwks': () => jwks,
      '/token': async () => ({ access_token: 'access', token_type: 'Bearer', id_token: await idToken() }),
    }
    const body = await answers[new URL(request.url ?? '/', issuer).pathname]?.()
    response.writeHead(body ? 200 : 404, { 'content-type': 'application/json' }).end(JSON.stringify(body ?? {}))
  })
  return {
    issuer,
    lie: (nonce, lie = {}) => {
      next = { nonce, lie }
    },
  }
}
