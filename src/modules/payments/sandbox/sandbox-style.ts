/** What the sandbox's pages have besides the looks of every page with a form. */
export const sandboxStyle = `
.tag { font-size: .75rem; font-weight: 600; color: var(--soft); border: 1px solid var(--line); border-radius: 1rem; padding: .1rem .7rem; }
h1 { margin: 0; font-size: 1rem; font-weight: 500; color: var(--soft); }
h1.good { color: var(--good); } h1.bad { color: var(--bad); }
.amount { margin: .1rem 0 1.25rem; font-size: clamp(1.9rem, 9vw, 2.5rem); font-weight: 700; line-height: 1.2; letter-spacing: -.02em;
  font-variant-numeric: tabular-nums; overflow-wrap: anywhere; }
dl { margin: 0 0 1.5rem; padding: 1rem 0; border: solid var(--line); border-width: 1px 0; display: grid; gap: .75rem; }
dt { font-size: .8125rem; color: var(--soft); } dd { margin: 0; overflow-wrap: anywhere; }
.actions { display: grid; grid-template-columns: 1fr 1fr; gap: .625rem; }
.primary { grid-column: 1 / -1; }
fieldset { margin: 1.5rem 0 0; padding: 0; border: 0; }
legend { padding: 0; font-size: .8125rem; color: var(--soft); }
.row { display: flex; justify-content: space-between; align-items: center; gap: 1rem; margin-top: .375rem; }
input { width: 5.5rem; }
.error { margin: 0 0 1rem; }
`
