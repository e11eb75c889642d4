import { createHash } from 'node:crypto'

export const sandboxStyle = `
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
.tag { font-size: .75rem; font-weight: 600; color: var(--soft); border: 1px solid var(--line); border-radius: 1rem; padding: .1rem .7rem; }
h1 { margin: 0; font-size: 1rem; font-weight: 500; color: var(--soft); }
h1.good { color: var(--good); } h1.bad { color: var(--bad); }
.amount { margin: .1rem 0 1.25rem; font-size: clamp(1.9rem, 9vw, 2.5rem); font-weight: 700; line-height: 1.2; letter-spacing: -.02em;
  font-variant-numeric: tabular-nums; overflow-wrap: anywhere; }
dl { margin: 0 0 1.5rem; padding: 1rem 0; border: solid var(--line); border-width: 1px 0; display: grid; gap: .75rem; }
dt { font-size: .8125rem; color: var(--soft); } dd { margin: 0; overflow-wrap: anywhere; }
.actions { display: grid; grid-template-columns: 1fr 1fr; gap: .625rem; }
button, .button { font: inherit; font-weight: 600; min-height: 3rem; padding: .5rem 1rem; border-radius: .75rem; cursor: pointer;
  border: 1px solid var(--line); background: transparent; color: var(--ink); text-align: center; }
button:hover { border-color: var(--soft); }
.primary { grid-column: 1 / -1; background: var(--accent); border-color: var(--accent); color: var(--on-accent); }
.button { display: grid; place-items: center; text-decoration: none; }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
fieldset { margin: 1.5rem 0 0; padding: 0; border: 0; }
legend { padding: 0; font-size: .8125rem; color: var(--soft); }
.row { display: flex; justify-content: space-between; align-items: center; gap: 1rem; margin-top: .375rem; }
input { font: inherit; width: 5.5rem; min-height: 2.75rem; padding: .25rem .75rem; border-radius: .75rem; border: 1px solid var(--soft);
  background: var(--card); color: var(--ink); }
.note { margin: .5rem 0 0; font-size: .8125rem; color: var(--soft); }
.error { margin: 0 0 1rem; color: var(--bad); font-weight: 600; }
`

const hash = createHash('sha256').update(sandboxStyle).digest('base64')

/** No scripts, no requests, no frames: the page is its own text and this one style sheet. */
export const sandboxPageHeaders = {
  'content-type': 'text/html; charset=utf-8',
  'content-security-policy': `default-src 'none'; style-src 'sha256-${hash}'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'`,
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'cache-control': 'no-store',
} as const
