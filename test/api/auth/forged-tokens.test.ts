import { createPrivateKey, generateKeyPairSync } from 'node:crypto'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { decodeJwt } from 'jose'
import { afterAll, describe, expect, it } from 'vitest'
import { newId } from '../../../src/kernel/ids.js'
import { newSecret } from '../../../src/platform/secrets/one-time-secret.js'
import { TestClient } from '../../testkit/client.js'
import { RawSocket } from '../../testkit/raw-socket.js'
import { startTestServer } from '../../testkit/server.js'
import { LOGOUT, ME, PASSWORD } from './operations.js'
import { registerSomebody } from './people.js'
import { TokenForge } from './token-forge.js'

const server = await startTestServer()
const key = createPrivateKey(server.platform.secrets.jwtPrivateKey)
const [anna, boris] = [await registerSomebody(server), await registerSomebody(server)]
const gone = await registerSomebody(server)
await new TestClient(server, gone.token.accessToken).get(LOGOUT)
const otherKey = generateKeyPairSync('rsa', { modulusLength: 2_048 }).privateKey
const otherServer = await startTestServer({
  secrets: { jwtPrivateKey: otherKey.export({ type: 'pkcs8', format: 'pem' }).toString() },
})
const foreigner = await registerSomebody(otherServer)

const forge = new TokenForge(anna.token.accessToken, key)
const { header, claims } = forge
const iat = Number(claims.iat)
const sessionOf = ({ token }: typeof anna) => String(decodeJwt(token.accessToken).sid)
const other = (part: object) => forge.signed({}, { ...part }, forge.foreignKey)

/** Counts who comes for the keys that a token's header points to. */
let visits = 0
const keyServer = createServer((_request, response) => {
  visits++
  response.end(JSON.stringify({ keys: [{ ...forge.foreignJwk, kid: header.kid, alg: 'RS256', use: 'sig' }] }))
})
await new Promise<void>((resolve) => {
  keyServer.listen(0, '127.0.0.1', resolve)
})
const keysAt = `http://127.0.0.1:${(keyServer.address() as AddressInfo).port}/jwks.json`
afterAll(
  () =>
    new Promise((resolve) => {
      keyServer.close(resolve)
      keyServer.closeAllConnections()
    }),
)

const attacks: readonly (readonly [string, () => string | Promise<string>])[] = [
  ['alg none', () => forge.unsigned({ alg: 'none' })],
  ['alg nOnE', () => forge.unsigned({ alg: 'nOnE' })],
  ['no alg', () => forge.unsigned({ alg: undefined })],
  [
    'alg none under the real signature',
    () => `${forge.unsigned({ alg: 'none' })}${anna.token.accessToken.split('.')[2]}`,
  ],
  ['HS256 with the public key as PEM', () => forge.hmac((ours) => ours.export({ type: 'spki', format: 'pem' }))],
  [
    'HS256 with that PEM, trimmed',
    () => forge.hmac((ours) => String(ours.export({ type: 'spki', format: 'pem' })).trim()),
  ],
  ['HS256 with the public key as PKCS#1', () => forge.hmac((ours) => ours.export({ type: 'pkcs1', format: 'pem' }))],
  ['HS256 with the public key as DER', () => forge.hmac((ours) => ours.export({ type: 'spki', format: 'der' }))],
  [
    'HS256 with the JWK as published',
    async () => {
      const { keys } = (await (await fetch(`${server.url}/.well-known/jwks.json`)).json()) as { keys: object[] }
      return forge.hmac(() => JSON.stringify(keys[0]))
    },
  ],
  ['HS512 with the public key', () => forge.hmac((ours) => ours.export({ type: 'spki', format: 'pem' }), 'HS512')],
  ['HS256 with nothing', () => forge.hmac(() => '')],
  ['PS256 with our key', () => forge.signed({}, { alg: 'PS256' })],
  ['RS512 with our key', () => forge.signed({}, { alg: 'RS512' })],
  ['ES256', () => forge.signed({}, { alg: 'ES256' }, generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey)],
  ['a kid that is not ours', () => forge.signed({}, { kid: 'A'.repeat(43) })],
  ['a kid that is a path', () => forge.signed({}, { kid: '../../../../dev/null' })],
  ['a kid that is SQL', () => forge.signed({}, { kid: "' or 1=1 --" })],
  ['no kid', () => forge.signed({}, { kid: undefined })],
  ['a foreign key under our kid', () => forge.signed({}, {}, forge.foreignKey)],
  ['its own key in jwk', () => other({ jwk: forge.foreignJwk })],
  ['its own key in jwk, and no kid', () => other({ jwk: forge.foreignJwk, kid: undefined })],
  ['its own keys at jku', () => other({ jku: keysAt })],
  ['its own certificate at x5u', () => other({ x5u: keysAt })],
  ['its own certificate in x5c', () => other({ x5c: [forge.foreignDer] })],
  ['an extension that has to be understood', () => forge.signedWith({ crit: ['exp'], exp: 1 })],
  ['a payload that is not encoded', () => forge.signedWith({ crit: ['b64'], b64: false })],
  ['a foreign audience', () => forge.signed({ aud: 'another-api' })],
  ['no audience', () => forge.signed({ aud: undefined })],
  ['a foreign issuer', () => forge.signed({ iss: 'https://evil.example' })],
  ['no issuer', () => forge.signed({ iss: undefined })],
  ['a token that has expired', () => forge.signed({ iat: iat - 1_800, exp: iat - 1 })],
  ['a token that never expires', () => forge.signed({ exp: undefined })],
  [
    'a token that expires in words',
    () => forge.signed({ exp: '2099-01-01' as never }).catch(() => forge.altered({ exp: 'x' })),
  ],
  ['a token that is not valid yet', () => forge.signed({ nbf: iat + 3_600 })],
  ['a refresh token', () => anna.token.refreshToken],
  ['a random secret', () => newSecret()],
  ['another type of token of ours', () => forge.signed({ typ: 'refresh' })],
  ['a token without a type', () => forge.signed({ typ: undefined })],
  ['its type in the header alone', () => forge.signed({ typ: undefined }, { typ: 'access' })],
  ['a list of types', () => forge.signed({ typ: ['access'] })],
  ['an access token of another server', () => foreigner.token.accessToken],
  [
    'that token under our kid',
    () => new TokenForge(foreigner.token.accessToken, otherKey).signed({}, { kid: header.kid }),
  ],
  ['the session of somebody else', () => forge.signed({ sid: sessionOf(boris) })],
  ['somebody else, in one’s own session', () => forge.signed({ sub: boris.user.id })],
  ['a session that never was', () => forge.signed({ sid: newId() })],
  ['a session that has ended', () => gone.token.accessToken],
  ['a session id that is SQL', () => forge.signed({ sid: "' or true --" })],
  ['no session', () => forge.signed({ sid: undefined })],
  ['no subject', () => forge.signed({ sub: undefined })],
  ['an altered role', () => forge.altered({ role: 'ADMIN', scope: 'READ WRITE ADMIN' })],
  ['an altered subject', () => forge.altered({ sub: boris.user.id, sid: sessionOf(boris) })],
  ['an altered header', () => forge.with(0, (part) => `${part.slice(0, -1)}A`)],
  ['a cut signature', () => forge.with(2, (part) => part.slice(0, -8))],
  ['an empty signature', () => forge.with(2, () => '')],
  ['a longer signature', () => forge.with(2, (part) => `${part}AAAA`)],
  ['a cut payload', () => forge.with(1, (part) => part.slice(0, 40))],
  ['four parts', () => `${anna.token.accessToken}.AAAA`],
  ['an encrypted form', () => `${anna.token.accessToken}.AAAA.AAAA`],
  ['a megabyte less a little', () => `${anna.token.accessToken}${'A'.repeat(7_000)}`],
]

const overHttp = (token: string) => new TestClient(server, token).codeOf(ME)

/** By the parameters of the connection, and by the headers of a message. */
async function overSockets(token: string): Promise<string[]> {
  const [greeting, message] = await Promise.all([RawSocket.connect(server.url, token), RawSocket.connect(server.url)])
  const headers = { Authorization: `Bearer ${token}` }
  const answers = await Promise.all([
    greeting.ask('me', { query: ME }),
    message.ask('me', { query: ME, extensions: { headers } }),
  ])
  await Promise.all([greeting.close(), message.close()])
  return answers.map(({ payload }) => {
    const { errors } = payload as { errors?: { extensions: { code: string } }[] }
    return errors?.[0]?.extensions.code ?? 'ok'
  })
}

describe('an access token', () => {
  it('is good over HTTP and on sockets, as it is and as the forge makes it', async () => {
    for (const token of [anna.token.accessToken, await forge.signed()]) {
      expect(await overHttp(token)).toBe('ok')
      expect(await overSockets(token)).toEqual(['ok', 'ok'])
    }
  })

  it.each(attacks)('is not %s', async (_, make) => {
    const token = await make()
    expect([await overHttp(token), ...(await overSockets(token))]).toEqual(Array(3).fill('UNAUTHENTICATED'))
  })

  it('makes nobody fetch the keys that a header points to', () => expect(visits).toBe(0))

  it('says nothing of what is wrong with a forged one', async () => {
    const messages = new Set<string>()
    for (const [, make] of attacks) {
      const { errors } = await new TestClient(server, await make()).ask(ME)
      messages.add(errors[0]?.message ?? '')
    }
    expect([...messages]).toEqual(['Sign in first.'])
  })

  it('counts as a bearer token of the header and nowhere else', async () => {
    const { accessToken } = anna.token
    const ask = async (headers: Record<string, string>, query = '') => {
      const url = `${server.url}/graphql${query}`
      const body = JSON.stringify({ query: ME })
      const answer = await fetch(url, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body,
      })
      return (
        ((await answer.json()) as { errors?: { extensions: { code: string } }[] }).errors?.[0]?.extensions.code ?? 'ok'
      )
    }
    expect(await ask({ authorization: `bearer ${accessToken}` })).toBe('ok')
    const elsewhere = await Promise.all([
      ask({ authorization: accessToken }),
      ask({ authorization: `Basic ${Buffer.from(`anna:${PASSWORD}`).toString('base64')}` }),
      ask({ authorization: `Token ${accessToken}` }),
      ask({ authorization: `Bearer ${accessToken}, Bearer ${accessToken}` }),
      ask({ cookie: `access_token=${accessToken}; authorization=Bearer ${accessToken}` }),
      ask({}, `?access_token=${accessToken}&authorization=Bearer%20${accessToken}`),
      ask({ 'x-authorization': `Bearer ${accessToken}` }),
    ])
    expect(elsewhere).toEqual(Array(7).fill('UNAUTHENTICATED'))
  })
})
