import type { FastifyInstance } from 'fastify'
import type { Config } from '../platform/config/config.js'

/** `/`: where a person who opened the server's address finds the way on. */
export function registerHomePage(app: FastifyInstance, { environment }: Pick<Config, 'environment'>): void {
  const demo =
    environment === 'production'
      ? ''
      : `<h2>Demo accounts</h2>
<p>Password <code>Adtime-demo-1</code>:</p>
<ul><li>customer@adtime.test</li><li>designer@adtime.test</li><li>factory@adtime.test</li><li>manager@adtime.test</li><li>admin@adtime.test</li></ul>`
  const html = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>AdTime API</title>
<style>
  body { font: 1.05rem/1.6 system-ui, sans-serif; max-width: 40rem; margin: 4rem auto; padding: 0 1.5rem; color: #1c1b22; background: #fbfaf7 }
  h1 { font-size: 2.4rem; margin: 0 } h2 { margin-top: 2rem } a { color: #a3182b }
  .open { display: inline-block; margin: 1rem 0; padding: .7rem 1.4rem; border-radius: .5rem; background: #a3182b; color: #fff; text-decoration: none; font-weight: 600 }
  code { background: #efece4; padding: .1rem .35rem; border-radius: .25rem }
</style>
<main>
<h1>AdTime</h1>
<p>Draw an advertisement, have it printed, follow it live. One GraphQL API.</p>
<p><a class="open" href="/graphiql">Open GraphiQL</a></p>
<p>The endpoint is <code>/graphql</code>: POST, GET for queries, and WebSocket (<code>graphql-transport-ws</code>) for subscriptions.</p>
${demo}
<h2>For operators</h2>
${environment === 'production' ? '' : '<p><a href="/dev/outbox">/dev/outbox</a> — letters that a mail server would have sent</p>'}
<p><a href="/health">/health</a> · <a href="/metrics">/metrics</a> · <a href="/.well-known/jwks.json">/.well-known/jwks.json</a></p>
</main>
</html>`
  app.get('/', async (_request, reply) =>
    reply
      .type('text/html; charset=utf-8')
      .header('content-security-policy', "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'")
      .send(html),
  )
}
