import { listen } from '../simulators/listen.js'

const START = 'mutation ($redirectUri: URL!) { startProviderLogin(provider: GOOGLE, redirectUri: $redirectUri) }'
const COMPLETE = `mutation ($code: String!, $state: String!) {
  completeProviderLogin(provider: GOOGLE, code: $code, state: $state) { user { email displayName } token { refreshToken } }
}`

/** The smallest application that signs people in through Google, in cookie mode. */
const pageFor = (api: string): string => `<!doctype html>
<html lang="en"><title>App</title><link rel="icon" href="data:,"><h1>App</h1>
<button>Sign in with Google</button><p role="status"></p>
<script type="module">
  const ask = async (query, variables) => {
    const headers = { 'content-type': 'application/json', 'x-auth-mode': 'cookie' }
    const options = { method: 'POST', credentials: 'include', headers, body: JSON.stringify({ query, variables }) }
    return (await fetch(${JSON.stringify(api)}, options)).json()
  }
  const show = (text) => { document.querySelector('[role=status]').textContent = text }
  document.querySelector('button').onclick = async () => {
    const redirectUri = location.origin + '/signed-in'
    location.href = (await ask(${JSON.stringify(START)}, { redirectUri })).data.startProviderLogin
  }
  const query = new URLSearchParams(location.search)
  if (query.has('state')) {
    history.replaceState(null, '', '/')
    const answer = await ask(${JSON.stringify(COMPLETE)}, { code: query.toString(), state: query.get('state') })
    const { user, token } = answer.data?.completeProviderLogin ?? {}
    show(user ? [user.displayName, user.email, JSON.stringify(token)].join(', ') : answer.errors[0].extensions.code)
  }
</script></html>`

/** @param api what it calls, known only once its server runs. @returns the origin of the application */
export const startProviderApp = (api: () => string): Promise<string> =>
  listen((_request, response) => {
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(pageFor(api()))
  }, 'localhost')
