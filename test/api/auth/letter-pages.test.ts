import { describe, expect, it } from 'vitest'
import { someAddress, TestClient } from '../../testkit/client.js'
import { startTestServer } from '../../testkit/server.js'
import { LOGIN, PASSWORD, REQUEST_RESET, UPDATE_PROFILE } from './operations.js'
import { awaitToken, SUBJECTS } from './outbox.js'
import { newAddress, registerSomebody } from './people.js'

const server = await startTestServer({ env: { PUBLIC_URL: 'https://adtime.test/api' } })
const { prisma } = server.platform.database
const NEW = 'Another-secret-2'
const [VERIFY, RESET] = ['/account/verify-email', '/account/reset-password']

type Fields = Readonly<Record<string, string>>

async function answered(response: Response) {
  return { status: response.status, text: await response.text(), headers: response.headers }
}
const open = async (path: string, token: string, address = someAddress()) => {
  const query = new URLSearchParams({ token })
  return answered(await fetch(`${server.url}${path}?${query}`, { headers: { 'x-forwarded-for': address } }))
}
const submit = async (path: string, fields: Fields, address = someAddress()) =>
  answered(
    await fetch(`${server.url}${path}`, {
      method: 'POST',
      headers: { 'x-forwarded-for': address },
      body: new URLSearchParams(fields),
    }),
  )
const login = (email: string, password: string) => new TestClient(server).codeOf(LOGIN, { input: { email, password } })

async function newcomer() {
  const email = newAddress()
  const { user, token: signedIn } = await registerSomebody(server, email)
  return { email, id: user.id, signedIn, token: await awaitToken(server, email, SUBJECTS.welcome) }
}

async function forgetful() {
  const { email, id } = await newcomer()
  await new TestClient(server).get(REQUEST_RESET, { email })
  return { email, id, token: await awaitToken(server, email, SUBJECTS.reset) }
}

const isVerified = async (id: string) =>
  (await prisma.user.findUniqueOrThrow({ where: { id } })).emailVerifiedAt !== null

describe('the page that proves an address', () => {
  it('acts when its button is pressed, however often a scanner opens it', async () => {
    const { id, email, token } = await newcomer()
    for (let visits = 0; visits < 25; visits++) {
      const { status, text } = await open(VERIFY, token, '192.0.2.7')
      expect([status, text.includes(email)]).toEqual([200, true])
    }
    await fetch(`${server.url}${VERIFY}?token=${token}`, { method: 'HEAD' })
    expect(await isVerified(id)).toBe(false)
    const { status, text } = await submit(VERIFY, { token }, '192.0.2.7')
    expect([status, text.includes('Адрес подтверждён')]).toEqual([200, true])
    expect(await isVerified(id)).toBe(true)
  })

  it('says of a used token what it says of any other that is no good', async () => {
    const { token } = await newcomer()
    await submit(VERIFY, { token })
    const used = [await open(VERIFY, token), await submit(VERIFY, { token })]
    const unknown = [await open(VERIFY, 'unknown'), await submit(VERIFY, {})]
    for (const { status, text } of [...used, ...unknown]) {
      expect(status).toBe(410)
      expect(text).toBe(used[0]?.text)
    }
  })

  it('says when somebody else has taken the address', async () => {
    const { signedIn } = await newcomer()
    const email = newAddress()
    await new TestClient(server, signedIn.accessToken).get(UPDATE_PROFILE, { input: { email } })
    const token = await awaitToken(server, email, SUBJECTS.verify)
    await registerSomebody(server, email)
    const { status, text } = await submit(VERIFY, { token })
    expect([status, text.includes('Адрес занят')]).toEqual([409, true])
  })

  it('sends its form, with the token in the body, to its own path, also below another', async () => {
    const { token } = await newcomer()
    const { text } = await open(VERIFY, token)
    expect(text).toContain('<form method="post" action="/api/account/verify-email">')
    expect(text).toContain(`<input type="hidden" name="token" value="${token}">`)
  })
})

describe('the page that sets a password', () => {
  it('sets it, and takes its token once', async () => {
    const { email, token } = await forgetful()
    expect((await open(RESET, token)).text).toContain(email)
    expect((await submit(RESET, { token, password: NEW, repeated: NEW })).text).toContain('Пароль изменён')
    expect((await submit(RESET, { token, password: NEW, repeated: NEW })).status).toBe(410)
    expect((await open(RESET, token)).status).toBe(410)
    expect([await login(email, PASSWORD), await login(email, NEW)]).toEqual(['UNAUTHENTICATED', 'ok'])
  })

  it('refuses a weak one and one that was not typed twice, says why, and shows no password again', async () => {
    const { email, token } = await forgetful()
    const weak = await submit(RESET, { token, password: 'Short-<1', repeated: 'Short-<1' })
    expect(weak.status).toBe(200)
    const { email: other, token: second } = await forgetful()
    const wrong = await submit(RESET, { token: second, password: 'short<', repeated: 'short<' })
    expect([wrong.status, wrong.text.includes('не меньше 8 символов')]).toEqual([400, true])
    expect(wrong.text).not.toContain('short')
    const typo = await submit(RESET, { token: second, password: NEW, repeated: `${NEW}x` })
    expect([typo.status, typo.text.includes('Пароли не совпали')]).toEqual([400, true])
    expect(typo.text).not.toContain(NEW)
    expect([await login(email, 'Short-<1'), await login(other, PASSWORD)]).toEqual(['ok', 'ok'])
  })

  it('says nothing about passwords to who has no token', async () => {
    expect((await submit(RESET, { token: 'x', password: 'short' })).status).toBe(410)
  })
})

describe('both pages', () => {
  it('run nothing, load nothing, are framed by nobody, kept by no cache, and send no address on', async () => {
    const { token } = await newcomer()
    for (const { headers } of [await open(VERIFY, token), await open(RESET, 'x'), await submit(RESET, {})]) {
      expect(headers.get('content-security-policy')).toMatch(
        /^default-src 'none'; style-src 'sha256-[\w+/=]+'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'$/,
      )
      expect(headers.get('referrer-policy')).toBe('no-referrer')
      expect(headers.get('cache-control')).toBe('no-store')
      expect(headers.get('x-content-type-options')).toBe('nosniff')
      expect(headers.get('content-type')).toBe('text/html; charset=utf-8')
    }
  })

  it('take forms of eight kilobytes and nothing else', async () => {
    expect((await submit(RESET, { token: 'x', password: 'x'.repeat(9_000) })).status).toBe(413)
    const body = JSON.stringify({ token: 'x' })
    const headers = { 'content-type': 'application/json' }
    expect((await fetch(`${server.url}${VERIFY}`, { method: 'POST', headers, body })).status).toBe(415)
  })

  it('escape what they show', async () => {
    const { id, token } = await newcomer()
    const email = '"<script>"@example.com'
    await prisma.user.update({ where: { id }, data: { email } })
    await prisma.emailToken.updateMany({ where: { userId: id }, data: { email } })
    const { text } = await open(VERIFY, token)
    expect(text).toContain('&quot;&lt;script&gt;&quot;@example.com')
    expect(text).not.toContain('<script')
  })

  it('let nobody guess for long', async () => {
    const guesser = someAddress()
    for (let tries = 0; tries < 20; tries++) await open(RESET, `guess-${tries}`, guesser)
    const { token } = await newcomer()
    const refused = [await open(VERIFY, token, guesser), await submit(VERIFY, { token }, guesser)]
    for (const { status, headers, text } of refused) {
      expect([status, text.includes('Слишком много попыток')]).toEqual([429, true])
      expect(Number(headers.get('retry-after'))).toBeGreaterThan(0)
    }
  })
})
