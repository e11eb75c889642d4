/** A browser as far as a provider can tell: it follows redirects, keeps cookies and sends forms. */
export class Visitor {
  private readonly cookies = new Map<string, string>()

  /**
   * Signs in at the provider as `login` and consents; with `login` null it says no.
   * @returns the address that the provider sends the visitor back to
   */
  async visit(start: string, redirectUri: string, login: string | null): Promise<URL> {
    let page = await this.open(start)
    for (let steps = 0; steps < 20; steps++) {
      const target = page.headers.get('location')
      if (target) {
        const next = new URL(target, page.url)
        if (`${next.origin}${next.pathname}` === redirectUri) return next
        page = await this.open(next.href)
        continue
      }
      const html = await page.text()
      const action = /action="([^"]+)"/.exec(html)?.[1]
      if (!action) throw new Error(`the provider said ${page.status}: ${html.slice(0, 500)}`)
      const form = new URLSearchParams({ answer: login === null ? 'no' : 'yes' })
      if (login !== null) form.set('login', login)
      page = await this.open(new URL(action, page.url).href, form)
    }
    throw new Error('the provider sent the visitor round in circles')
  }

  private async open(url: string, form?: URLSearchParams): Promise<Response> {
    const cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    const response = await fetch(url, {
      redirect: 'manual',
      headers: { ...(cookie && { cookie }) },
      ...(form && { method: 'POST', body: form }),
      signal: AbortSignal.timeout(20_000),
    })
    for (const line of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? []
      if (value) this.cookies.set(name, value)
      else this.cookies.delete(name)
    }
    return response
  }
}
