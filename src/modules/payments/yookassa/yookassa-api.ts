import { Pool } from 'undici'
import { z } from 'zod'
import type { YooKassaAccess } from '../../../platform/config/config.js'
import type { Logger } from '../../../platform/observability/logger.js'
import { ProviderRefusal } from '../payment-provider.js'

const CONNECT_MS = 5_000
const CONNECTIONS = 16
const MAX_ANSWER_BYTES = 1024 * 1024

const problemSchema = z.object({
  code: z.string().optional(),
  description: z.string().optional(),
  parameter: z.string().optional(),
})
type Problem = z.infer<typeof problemSchema>

/** The key was used with another body: something exists under it, and nobody here knows what. */
export class IdempotenceConflict extends Error {
  override readonly name = 'IdempotenceConflict'
}

/**
 * YooKassa's API over HTTP: https://yookassa.ru/developers/using-api. A call answers with the object, throws ProviderRefusal for
 * a final no, and anything else when nobody knows: no answer in time, 202, 429, 5xx, what is no JSON, and our own credentials refused.
 */
export class YooKassaApi {
  private readonly pool: Pool
  private readonly path: string
  private readonly authorization: string

  constructor(
    private readonly access: Pick<YooKassaAccess, 'shopId' | 'secretKey' | 'apiUrl' | 'answerMs'>,
    private readonly log: Logger,
  ) {
    const { origin, pathname } = new URL(access.apiUrl)
    this.path = pathname
    this.authorization = `Basic ${Buffer.from(`${access.shopId}:${access.secretKey}`).toString('base64')}`
    this.pool = new Pool(origin, {
      connections: CONNECTIONS,
      connect: { timeout: Math.min(CONNECT_MS, access.answerMs) },
      headersTimeout: access.answerMs,
      bodyTimeout: access.answerMs,
      maxResponseSize: MAX_ANSWER_BYTES,
    })
  }

  get(path: string): Promise<unknown> {
    return this.call('GET', path, {}, null)
  }

  /** @throws IdempotenceConflict besides the others */
  post(path: string, body: object, idempotenceKey: string): Promise<unknown> {
    const headers = { 'content-type': 'application/json', 'idempotence-key': idempotenceKey }
    return this.call('POST', path, headers, JSON.stringify(body))
  }

  /** Calls that are still under way fail. */
  close(): Promise<void> {
    return this.pool.destroy()
  }

  private async call(method: 'GET' | 'POST', path: string, headers: Record<string, string>, body: string | null) {
    try {
      return await this.ask(method, path, headers, body)
    } catch (error) {
      if (!(error instanceof ProviderRefusal))
        this.log.warn({ err: error, method, path }, 'YooKassa gave no certain answer')
      throw error
    }
  }

  private async ask(method: 'GET' | 'POST', path: string, headers: Record<string, string>, body: string | null) {
    const answer = await this.pool.request({
      method,
      path: this.path + path,
      headers: { ...headers, authorization: this.authorization, accept: 'application/json' },
      body,
      // The pool's limits are for each phase; this one is for the whole.
      signal: AbortSignal.timeout(this.access.answerMs),
    })
    const text = await answer.body.text()
    if (answer.statusCode === 200) return JSON.parse(text) as unknown
    throw this.problem(method, answer.statusCode, problemOf(text))
  }

  private problem(method: 'GET' | 'POST', status: number, { code, description, parameter }: Problem): Error {
    const said = [code, parameter, description].filter(Boolean).join(': ')
    if (status === 401 || status === 403)
      this.log.error(
        { status, said },
        'YooKassa refuses our shop: YOOKASSA_SHOP_ID, YOOKASSA_SECRET_KEY, or its rights',
      )
    if (status === 400 && parameter?.toLowerCase() === 'idempotence-key') return new IdempotenceConflict(said)
    // What cannot be read may be there a moment later; only what we asked it to do can be refused.
    if (method === 'POST' && (status === 400 || status === 404))
      return new ProviderRefusal(description ?? `YooKassa answered ${status}`)
    return new Error(`YooKassa answered ${status} to a ${method}${said && `: ${said}`}`)
  }
}

function problemOf(text: string): Problem {
  try {
    return problemSchema.catch({}).parse(JSON.parse(text))
  } catch {
    return {}
  }
}
