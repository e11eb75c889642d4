import type { LookupAddress } from 'node:dns'
import { lookup as lookUp } from 'node:dns/promises'
import { isIP } from 'node:net'
import { Agent, request } from 'undici'
import { isPublicAddress } from './public-address.js'
import { publicLookup } from './public-lookup.js'

const CONNECT_MS = 5_000
const ANSWER_MS = 15_000
const MAX_ANSWER_BYTES = 4 * 1024

/** All addresses of a host name, as the system finds them. */
export type Resolve = (host: string) => Promise<LookupAddress[]>

export interface OutboundOptions {
  /** Also http, and addresses of private networks: for development. */
  readonly allowsPrivate: boolean
  readonly resolve?: Resolve
  /** How long an answer may take once connected; 15 seconds unless told. */
  readonly answerMs?: number
}

export interface OutboundCall {
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
  /** Gives up at once. */
  readonly signal: AbortSignal
}

export interface OutboundAnswer {
  readonly status: number
  /** As it came. */
  readonly retryAfter: string | null
}

/**
 * Calls to URLs that other people chose. Only the public internet is reached: addresses are looked at when a URL is accepted, and again
 * by the connection itself, so that a name cannot lead elsewhere in between. Redirects are answers like any other, and are not followed.
 */
export class OutboundCalls {
  private readonly allowsPrivate: boolean
  private readonly answerMs: number
  private readonly resolve: Resolve
  private readonly agent: Agent

  constructor({ allowsPrivate, answerMs = ANSWER_MS, resolve = resolveBySystem }: OutboundOptions) {
    this.allowsPrivate = allowsPrivate
    this.answerMs = answerMs
    this.resolve = resolve
    this.agent = new Agent({
      connect: { timeout: CONNECT_MS, ...(!allowsPrivate && { lookup: publicLookup(resolve) }) },
      headersTimeout: answerMs,
      bodyTimeout: answerMs,
      // One connection a call: calls are rare, and a kept connection may be gone when it is needed.
      pipelining: 0,
    })
  }

  /** Why calls to the URL would be refused; null when they would not. Asks the name service, for 5 seconds at most. */
  async problemWith(text: string): Promise<string | null> {
    const url = new URL(text)
    const obvious = this.obviousProblem(url)
    if (obvious || this.allowsPrivate || isIP(hostOf(url))) return obvious
    const found = await withinLimit(this.resolve(hostOf(url))).catch(() => [])
    if (found.length === 0) return 'has a host whose address cannot be found'
    return found.every(({ address }) => isPublicAddress(address)) ? null : PRIVATE
  }

  /**
   * POSTs the body. At most 4 kB of the answer are read, and nothing of it is kept.
   * @throws whatever kept the answer from coming, such as a refused address
   */
  async post(text: string, { headers, body, signal }: OutboundCall): Promise<OutboundAnswer> {
    const url = new URL(text)
    const obvious = this.obviousProblem(url)
    if (obvious) throw new Error(`the URL ${obvious}`)
    const limit = AbortSignal.timeout(CONNECT_MS + this.answerMs)
    const answer = await request(url, {
      dispatcher: this.agent,
      method: 'POST',
      headers,
      body,
      signal: AbortSignal.any([signal, limit]),
    })
    // What matters has come: a body that breaks off, or never ends, changes nothing.
    await answer.body.dump({ limit: MAX_ANSWER_BYTES }).catch(() => undefined)
    const retryAfter = answer.headers['retry-after']
    return { status: answer.statusCode, retryAfter: typeof retryAfter === 'string' ? retryAfter : null }
  }

  close(): Promise<void> {
    return this.agent.destroy()
  }

  // The connection looks up names only: an address in the URL itself never comes past its lookup.
  private obviousProblem(url: URL): string | null {
    if (url.username || url.password) return 'must not contain a user name or a password'
    if (this.allowsPrivate) return null
    if (url.protocol !== 'https:') return 'must begin with https://'
    return isIP(hostOf(url)) && !isPublicAddress(hostOf(url)) ? PRIVATE : null
  }
}

const PRIVATE = 'must lead to the public internet: this address is private or reserved'

const hostOf = ({ hostname }: URL): string => hostname.replace(/^\[|\]$/g, '')

const resolveBySystem: Resolve = (host) => lookUp(host, { all: true })

function withinLimit<Result>(work: Promise<Result>): Promise<Result> {
  const limit = AbortSignal.timeout(CONNECT_MS)
  const over = new Promise<never>((_, reject) => {
    limit.addEventListener('abort', () => reject(limit.reason), { once: true })
  })
  return Promise.race([work, over])
}
