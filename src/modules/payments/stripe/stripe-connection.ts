import { Stripe } from 'stripe'
import { Agent, fetch as fetchBy } from 'undici'
import type { StripeAccess } from '../../../platform/config/config.js'

const CONNECT_MS = 5_000
const CONNECTIONS = 16
const MAX_ANSWER_BYTES = 1024 * 1024

/** What the package tells about the machine it runs on; nobody needs that to take a payment. */
const REPORTS = ['x-stripe-client-user-agent', 'x-stripe-client-telemetry', 'user-agent']

export interface StripeConnection {
  readonly stripe: Stripe
  /** Ends kept connections; calls that are still under way fail. */
  close(): Promise<void>
}

/**
 * The official package over connections of our own. Its limit holds for the whole of a try, to the last byte of the body; after a failure
 * without an answer, a 409 or a 5xx it tries once more, under the same idempotency key.
 */
export function connectToStripe({ secretKey, apiUrl, answerMs }: StripeAccess): StripeConnection {
  const { protocol, hostname, port } = new URL(apiUrl)
  const dispatcher = new Agent({
    connections: CONNECTIONS,
    connect: { timeout: Math.min(CONNECT_MS, answerMs) },
    maxResponseSize: MAX_ANSWER_BYTES,
  })
  // Node's own fetch is of another version than the dispatcher; their types differ in nothing that is used here.
  const send = async (url: unknown, init: RequestInit = {}) => {
    const headers = [...new Headers(init.headers)].filter(([name]) => !REPORTS.includes(name))
    const request = { ...init, headers, dispatcher, redirect: 'error' }
    return (await fetchBy(String(url), request as never)) as unknown as Response
  }
  const isSecure = protocol === 'https:'
  const stripe = new Stripe(secretKey, {
    host: hostname,
    port: port || (isSecure ? 443 : 80),
    protocol: isSecure ? 'https' : 'http',
    httpClient: Stripe.createFetchHttpClient(send),
    timeout: answerMs,
    maxNetworkRetries: 1,
    telemetry: false,
  })
  return { stripe, close: () => dispatcher.destroy() }
}
