/**
 * Runs inside the GraphiQL page, before it: what one example answered can be used in the next as `{{path.to.value}}`, in its
 * variables and headers alike. So the examples run in order without copying, and each shows whose token it sends.
 */
export const storyScript = `(() => {
  const KEY = 'adtime-examples'
  const known = () => JSON.parse(sessionStorage.getItem(KEY) ?? '{}')
  const fill = (text) => text.replace(/\\{\\{([\\w.]+)\\}\\}/g, (whole, path) => {
    const value = path.split('.').reduce((inner, name) => inner?.[name], known())
    return typeof value === 'string' || typeof value === 'number' ? String(value) : whole
  })
  const fillHeaders = (headers) => {
    const filled = new Headers()
    new Headers(headers).forEach((value, name) => filled.set(name, fill(value)))
    return filled
  }
  const { fetch: send } = window
  window.fetch = async (input, init = {}) => {
    const { body, headers } = init
    const response = await send(input, { ...init, headers: fillHeaders(headers), ...(typeof body === 'string' && { body: fill(body) }) })
    response.clone().json().then(({ data }) => {
      if (data && !data.__schema) sessionStorage.setItem(KEY, JSON.stringify({ ...known(), ...data }))
    }).catch(() => {})
    return response
  }
  const { send: sendMessage } = WebSocket.prototype
  WebSocket.prototype.send = function (data) {
    return sendMessage.call(this, typeof data === 'string' ? fill(data) : data)
  }
})()`
