import type { FastifyInstance } from 'fastify'
import type { Config } from '../platform/config/config.js'

const ACCOUNTS = {
  customer: 'orders, pays, follows',
  designer: 'sells designs on the marketplace',
  factory: 'prints and ships',
  manager: 'order desk and support',
  admin: 'the owner',
} as const

const accounts = `<h2>Demo accounts</h2>
<p>All with the password <code>Adtime-demo-1</code>.</p>
<dl>
${Object.entries(ACCOUNTS)
  .map(([name, does]) => `<dt>${name}@adtime.test</dt><dd>${does}</dd>`)
  .join('\n')}
</dl>`

const outbox = '<li><a href="/dev/outbox">Mail outbox</a>: letters that a mail server would have sent</li>'

/** `/`: where a person who opened the server's address finds the way on. */
export function registerHomePage(
  app: FastifyInstance,
  { environment, seed }: Pick<Config, 'environment' | 'seed'>,
): void {
  const isProduction = environment === 'production'
  const html = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>AdTime API</title>
<style>
  :root { color-scheme: light dark; --ink: #1c1b22; --ground: #fbfaf7; --soft: #5d5a66; --tint: #efece4; --accent: #a3182b; --on-accent: #fff }
  @media (prefers-color-scheme: dark) { :root { --ink: #f3f1ec; --ground: #17161b; --soft: #aaa6b3; --tint: #2a2830; --accent: #ff9aa6; --on-accent: #2b060c } }
  body { font: 1.05rem/1.6 system-ui, sans-serif; max-width: 40rem; margin: 4rem auto; padding: 0 1.5rem; color: var(--ink); background: var(--ground) }
  h1 { font-size: 2.4rem; margin: 0 } h2 { margin-top: 2rem; font-size: 1.25rem } a { color: var(--accent) }
  .open { display: inline-block; margin: .5rem 0; padding: .7rem 1.4rem; border-radius: .5rem; background: var(--accent); color: var(--on-accent); text-decoration: none; font-weight: 600 }
  code { background: var(--tint); padding: .1rem .35rem; border-radius: .25rem }
  dl { display: grid; grid-template-columns: max-content 1fr; gap: .25rem 1.5rem } dd { margin: 0; color: var(--soft) }
  ul { padding-left: 1.2rem }
</style>
</head>
<body>
<main>
<h1>AdTime</h1>
<p>Draw an advertisement, have it printed, follow it live. One GraphQL API.</p>
<p><a class="open" href="/graphiql">Open GraphiQL</a></p>
<p>Its tabs tell the story of one order: run them from left to right.</p>
<p>The endpoint is <code>/graphql</code>: POST, GET for queries, and WebSocket (<code>graphql-transport-ws</code>) for subscriptions.</p>
${isProduction || seed === 'none' ? '' : accounts}
<h2>For operators</h2>
<ul>
<li><a href="/health">Health</a>, with each dependency</li>
<li><a href="/metrics">Metrics</a>, for Prometheus</li>
<li><a href="/.well-known/jwks.json">Public keys</a> of the access tokens</li>
${isProduction ? '' : outbox}
</ul>
</main>
</body>
</html>`
  app.get('/', async (_request, reply) =>
    reply
      .type('text/html; charset=utf-8')
      .header('content-security-policy', "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'")
      .send(html),
  )
}
