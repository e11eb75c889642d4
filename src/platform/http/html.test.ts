import { expect, it } from 'vitest'
import { html } from './html.js'

it('escapes values, not markup', () => {
  const evil = `<script>"a" & 'b'</script>`
  expect(html`<p title="${evil}">${html`<b>${1}</b>`}</p>`.text).toBe(
    '<p title="&lt;script&gt;&quot;a&quot; &amp; &#39;b&#39;&lt;/script&gt;"><b>1</b></p>',
  )
})

it('shows nothing for what is not there', () => {
  expect(html`a${null}${false}b${[html`c`, html`d`]}`.text).toBe('abcd')
})
