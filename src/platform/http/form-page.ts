import { createHash } from 'node:crypto'
import type { FastifyInstance } from 'fastify'
import { Html, html } from './html.js'

const BASE_STYLE = `
:root { color-scheme: light dark; --ground: #f1f3f8; --card: #fff; --ink: #171a26; --soft: #5b6175; --line: #dfe3ec;
  --accent: #4338ca; --on-accent: #fff; --good: #15734a; --bad: #b3261e; }
@media (prefers-color-scheme: dark) {
  :root { --ground: #10121a; --card: #1a1d29; --ink: #f1f2f8; --soft: #a4aabd; --line: #32374a;
    --accent: #a5adff; --on-accent: #14162b; --good: #6fdaa6; --bad: #ff9c92; }
}
* { box-sizing: border-box; }
body { margin: 0; min-height: 100vh; display: grid; place-items: center; padding: 1.5rem 1rem; background: var(--ground);
  color: var(--ink); font: 1rem/1.5 system-ui, -apple-system, "Segoe UI", Roboto, sans-serif; }
main { width: 100%; max-width: 27rem; background: var(--card); border: 1px solid var(--line); border-radius: 1.25rem;
  padding: clamp(1.25rem, 6vw, 2.25rem); box-shadow: 0 1rem 3rem rgb(20 22 43 / .08); }
.brand { display: flex; flex-wrap: wrap; gap: .375rem 1rem; justify-content: space-between; align-items: center; margin: 0 0 1.75rem; font-weight: 700; }
button, .button { font: inherit; font-weight: 600; min-height: 3rem; padding: .5rem 1rem; border-radius: .75rem; cursor: pointer;
  border: 1px solid var(--line); background: transparent; color: var(--ink); text-align: center; }
button:hover { border-color: var(--soft); }
.primary { background: var(--accent); border-color: var(--accent); color: var(--on-accent); }
.button { display: grid; place-items: center; text-decoration: none; }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
input { font: inherit; min-height: 2.75rem; padding: .25rem .75rem; border-radius: .75rem; border: 1px solid var(--soft);
  background: var(--card); color: var(--ink); }
.note { margin: .5rem 0 0; font-size: .8125rem; color: var(--soft); }
.error { color: var(--bad); font-weight: 600; }
`

interface FormPagesOptions {
  readonly lang: 'en' | 'ru'
  /** Ends the titles. */
  readonly site: string
  /** Stands above everything. */
  readonly brand: Html
  readonly style: string
  /** Its form is answered with an address elsewhere, which browsers hold against `form-action` as well. */
  readonly leadsAway?: boolean
}

export interface FormPages {
  page(title: string, body: Html): string
  /** Of the answers that such a page is. */
  readonly headers: Readonly<Record<string, string>>
}

/** Pages that work by themselves: one form, one style sheet, no scripts, no requests, no frames, nothing kept by caches. */
export function formPages({ lang, site, brand, style, leadsAway = false }: FormPagesOptions): FormPages {
  const sheet = `${BASE_STYLE}${style}`
  const hash = createHash('sha256').update(sheet).digest('base64')
  const headers: Readonly<Record<string, string>> = {
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy': `default-src 'none'; style-src 'sha256-${hash}'; form-action 'self'${leadsAway ? ' https:' : ''}; base-uri 'none'; frame-ancestors 'none'`,
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
    'cache-control': 'no-store',
  }
  return {
    headers,
    page: (title, body) =>
      html`<!doctype html>
<html lang="${lang}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="robots" content="noindex">
<title>${title} · ${site}</title><style>${new Html(sheet)}</style></head>
<body><main>
<p class="brand">${brand}</p>
${body}
</main></body>
</html>
`.text,
  }
}

/** Makes the routes of a scope take forms, as URLSearchParams, and nothing else. */
export function acceptForms(scope: FastifyInstance, bodyLimit: number): void {
  scope.removeAllContentTypeParsers()
  scope.addContentTypeParser(
    'application/x-www-form-urlencoded',
    { parseAs: 'string', bodyLimit },
    (_request, body, done) => done(null, new URLSearchParams(body.toString())),
  )
}

/** The fields of a request in such a scope; none without a body. */
export const formFields = (body: unknown): URLSearchParams =>
  body instanceof URLSearchParams ? body : new URLSearchParams()
