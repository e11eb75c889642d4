/**
 * Runs inside the GraphiQL page, before it: what one example answered can be used in the next as `{{path.to.value}}`, in its
 * variables and headers alike. So the examples run in order without copying, and each shows whose token it sends. One that is
 * run too early is not sent: it is answered with what it waits for.
 */
export const storyScript = `(() => {
  const KEY = 'adtime-examples'
  const PLACEHOLDER = /\\{\\{([\\w.]+)\\}\\}/g
  const known = () => JSON.parse(sessionStorage.getItem(KEY) ?? '{}')
  const fill = (text) => text.replace(PLACEHOLDER, (whole, path) => {
    const value = path.split('.').reduce((inner, name) => inner?.[name], known())
    return typeof value === 'string' || typeof value === 'number' ? String(value) : whole
  })
  const fillHeaders = (headers) => {
    const filled = new Headers()
    new Headers(headers).forEach((value, name) => filled.set(name, fill(value)))
    return filled
  }
  const tooEarly = (text) => {
    const [missing] = text.match(PLACEHOLDER) ?? []
    return missing && { message: 'Run the tabs before this one first: it needs ' + missing + ', which one of them answers.' }
  }
  const { fetch: send } = window
  window.fetch = async (input, init = {}) => {
    const headers = fillHeaders(init.headers)
    const body = typeof init.body === 'string' ? fill(init.body) : init.body
    const problem = tooEarly([...headers.values(), body].join())
    if (problem && !/__schema/.test(body)) return Response.json({ errors: [problem] })
    const response = await send(input, { ...init, headers, body })
    response.clone().json().then(({ data }) => {
      if (data && !data.__schema) sessionStorage.setItem(KEY, JSON.stringify({ ...known(), ...data }))
    }).catch(() => {})
    return response
  }
  const { send: sendMessage } = WebSocket.prototype
  WebSocket.prototype.send = function (data) {
    const filled = typeof data === 'string' ? fill(data) : data
    const problem = typeof data === 'string' && tooEarly(filled)
    const { id, type } = problem ? JSON.parse(filled) : {}
    if (type !== 'subscribe') return sendMessage.call(this, filled)
    const answer = JSON.stringify({ id, type: 'error', payload: [problem] })
    queueMicrotask(() => this.onmessage?.(new MessageEvent('message', { data: answer })))
  }
})()`
