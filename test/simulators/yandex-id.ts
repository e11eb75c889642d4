import { text } from 'node:stream/consumers'
import { CodeDesk } from './code-desk.js'
import { listen } from './listen.js'

const TOKEN = 'y0_token'

export interface YandexSimulator {
  readonly url: string
  readonly codes: CodeDesk
  /** What it says of whoever signed in. */
  person: Record<string, unknown>
}

/** Yandex ID as far as signing in goes: the token endpoint and `info`. Closed after the file. */
export async function startYandexId(secret: string): Promise<YandexSimulator> {
  const codes = new CodeDesk()
  const url = await listen(async (request, response) => {
    const say = (status: number, body: object) =>
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
    if (request.method === 'GET' && request.url === '/info?format=json') {
      const isOurs = request.headers.authorization === `OAuth ${TOKEN}`
      return isOurs ? say(200, simulator.person) : say(401, { error: 'invalid_token' })
    }
    const form = new URLSearchParams(await text(request))
    if (request.url !== '/token' || form.get('grant_type') !== 'authorization_code') return say(404, {})
    if (form.get('client_secret') !== secret)
      return say(400, { error: 'invalid_client', error_description: 'Wrong client secret' })
    if (!codes.isGood(form)) return say(400, { error: 'invalid_grant', error_description: 'Code has expired' })
    return say(200, { token_type: 'bearer', access_token: TOKEN, expires_in: 31_536_000, refresh_token: '1:again' })
  })
  const simulator: YandexSimulator = { url, codes, person: {} }
  return simulator
}
