import { someAddress } from '../../testkit/client.js'
import type { TestServer } from '../../testkit/server.js'
import type { Payload } from './operations.js'

export interface CookieAnswer {
  readonly payload: Payload | null
  readonly code: string
  /** As the server sent it, attributes and all. */
  readonly setCookie: string | null
}

/** What a browser does about cookies, without one: keeps the last, and sends it along. */
export class CookieBrowser {
  cookie: string | null = null
  private readonly address = someAddress()

  constructor(
    private readonly server: TestServer,
    private readonly headers: Readonly<Record<string, string>> = { 'x-auth-mode': 'cookie' },
  ) {}

  async send(document: string, variables: object = {}, headers: Record<string, string> = {}): Promise<CookieAnswer> {
    const response = await fetch(`${this.server.url}/graphql`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'x-forwarded-for': this.address,
        ...(this.cookie && { cookie: `other=1; adtime_refresh=${this.cookie}` }),
        ...this.headers,
        ...headers,
      },
      body: JSON.stringify({ query: document, variables }),
    })
    const { data, errors } = (await response.json()) as {
      data?: Record<string, Payload> | null
      errors?: { extensions: { code: string } }[]
    }
    const setCookie = response.headers.get('set-cookie')
    if (setCookie) this.cookie = /^adtime_refresh=([^;]*)/.exec(setCookie)?.[1] || null
    const payload = Object.values(data ?? {})[0] ?? null
    return { payload, code: errors?.[0]?.extensions.code ?? 'ok', setCookie }
  }
}
