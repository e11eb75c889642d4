import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { DomainError } from '../../../kernel/domain-error.js'
import { acceptForms, formFields } from '../../../platform/http/form-page.js'
import { deadLinkPage, letterPageHeaders, tooManyTriesPage } from './letter-page.js'

const FORM_LIMIT = 8 * 1024

export interface Shown {
  readonly status: number
  readonly page: string
}

/** A page that a letter leads to. Opening it only looks, because mail scanners open links too; pressing its button acts. */
export interface LetterPage {
  readonly path: string
  show(token: string, caller: { readonly ip: string }): Promise<Shown>
  act(fields: URLSearchParams, caller: { readonly ip: string }): Promise<Shown>
}

/**
 * GET and POST of such pages. They need no session, and so no protection against forged requests from other sites: knowing the token
 * is the right to use it.
 */
export function letterRoutes(pages: readonly LetterPage[]): (app: FastifyInstance) => void {
  const scope = async (app: FastifyInstance): Promise<void> => {
    acceptForms(app, FORM_LIMIT)
    for (const { path, show, act } of pages) {
      app.get(path, async (request, reply) => answer(reply, () => show(tokenOf(request), request)))
      app.post(path, async (request, reply) => answer(reply, () => act(formFields(request.body), request)))
    }
  }
  return (app) => void app.register(scope)
}

function tokenOf({ query }: FastifyRequest): string {
  const { token } = query as { readonly token?: unknown }
  return typeof token === 'string' ? token : ''
}

async function answer(reply: FastifyReply, make: () => Promise<Shown>): Promise<FastifyReply> {
  const { status, page } = await make().catch((error: unknown) => refusal(reply, error))
  return reply.code(status).headers(letterPageHeaders).send(page)
}

function refusal(reply: FastifyReply, error: unknown): Shown {
  if (error instanceof DomainError && error.code === 'BAD_USER_INPUT') return { status: 410, page: deadLinkPage() }
  if (!(error instanceof DomainError) || error.code !== 'RATE_LIMITED') throw error
  const { retryAfter = 60 } = error
  void reply.header('retry-after', retryAfter)
  return { status: 429, page: tooManyTriesPage(retryAfter) }
}
