import { createHash, randomBytes } from 'node:crypto'

/** What a provider keeps of a code that it gave. */
interface Given {
  readonly challenge: string
  readonly redirectUri: string
  readonly clientId: string
}

/** Gives codes for authorization URLs and takes each back once, from whoever has the verifier. */
export class CodeDesk {
  private readonly given = new Map<string, Given>()

  /** The person agrees to what the URL asks. @returns the code */
  agree(url: string): string {
    const { searchParams } = new URL(url)
    if (searchParams.get('response_type') !== 'code' || searchParams.get('code_challenge_method') !== 'S256')
      throw new Error(`no provider would take this: ${url}`)
    const code = randomBytes(12).toString('hex')
    const read = (name: string) => searchParams.get(name) ?? ''
    this.given.set(code, {
      challenge: read('code_challenge'),
      redirectUri: read('redirect_uri'),
      clientId: read('client_id'),
    })
    return code
  }

  isGood(form: URLSearchParams): boolean {
    const code = form.get('code') ?? ''
    const given = this.given.get(code)
    this.given.delete(code)
    const challenge = createHash('sha256')
      .update(form.get('code_verifier') ?? '')
      .digest('base64url')
    return (
      given?.challenge === challenge &&
      given.redirectUri === form.get('redirect_uri') &&
      given.clientId === form.get('client_id')
    )
  }
}
