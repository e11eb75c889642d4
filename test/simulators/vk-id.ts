import { text } from 'node:stream/consumers'
import { CodeDesk } from './code-desk.js'
import { listen } from './listen.js'

const TOKEN = 'vk2.a.token'
const KNOWN = [
  'grant_type',
  'code',
  'code_verifier',
  'redirect_uri',
  'client_id',
  'device_id',
  'state',
  'service_token',
]

export interface VkSimulator {
  readonly url: string
  readonly codes: CodeDesk
  /** What it says of whoever signed in. */
  person: Record<string, unknown>
  /** What the last exchange was asked with. */
  lastForm: URLSearchParams
}

/**
 * VK ID as far as signing in goes. What is wrong it says with status 200, and unknown parameters are a page that is not
 * there. Closed after the file.
 */
export async function startVkId(): Promise<VkSimulator> {
  const codes = new CodeDesk()
  const url = await listen(async (request, response) => {
    const say = (status: number, body: object) =>
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
    const form = new URLSearchParams(await text(request))
    if (request.url === '/oauth2/user_info')
      return form.get('access_token') === TOKEN && form.has('client_id')
        ? say(200, simulator.person)
        : say(200, { error: 'invalid_token', error_description: 'access_token is missing or invalid' })
    simulator.lastForm = form
    if (request.url !== '/oauth2/auth' || [...form.keys()].some((name) => !KNOWN.includes(name))) return say(404, {})
    if (form.get('device_id') !== 'device' || !form.get('state') || !codes.isGood(form))
      return say(200, { error: 'invalid_grant', error_description: 'code is invalid or expired' })
    const idToken = `${Buffer.from('{"alg":"RS256"}').toString('base64url')}.${Buffer.from('{"iss":"VK"}').toString('base64url')}.x`
    return say(200, {
      access_token: TOKEN,
      id_token: idToken,
      token_type: 'Bearer',
      expires_in: 3_600,
      user_id: 7,
      state: 's',
    })
  })
  const simulator: VkSimulator = { url, codes, person: {}, lastForm: new URLSearchParams() }
  return simulator
}
