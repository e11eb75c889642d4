import { afterEach, describe, expect, it } from 'vitest'
import type { Handler } from '../../simulators/listen.js'
import { TestClient } from '../../testkit/client.js'
import { openProviderDesk, REDIRECT_URI } from './provider-desk.js'

const desk = await openProviderDesk()
const stranger = await openProviderDesk({ env: { GOOGLE_CLIENT_SECRET: 'a-wrong-secret' } })
const { provider, server } = desk
const START = `mutation StartWhileAway($provider: IdentityProvider!) {
  startProviderLogin(provider: $provider, redirectUri: "${REDIRECT_URI}")
}`
const start = (name: string) => new TestClient(server).ask(START, { provider: name })
const discoveries = () => provider.asked.get('/.well-known/openid-configuration') ?? 0
const visits = () => server.platform.database.prisma.providerLogin.count()
const answering =
  (status: number, body = 'nothing to see'): Handler =>
  (_request, response) =>
    void response.writeHead(status, { 'content-type': 'text/html' }).end(body)

afterEach(() => {
  provider.interrupt = null
})

describe('a provider', () => {
  it.each([
    ['is unwell', answering(503)],
    ['wants to be left alone', answering(429)],
    ['has moved', answering(404)],
    ['sends elsewhere', answering(302)],
    ['answers nonsense', answering(200)],
    ['hangs up', (_request, response) => void response.destroy()],
  ] satisfies [string, Handler][])(
    'that %s is PROVIDER_UNAVAILABLE, and is asked anew next time',
    async (_what, listener) => {
      const before = await visits()
      provider.interrupt = listener
      const asked = discoveries()
      expect((await start('YANDEX')).errors[0]?.extensions.code).toBe('PROVIDER_UNAVAILABLE')
      expect((await start('YANDEX')).errors[0]?.extensions.code).toBe('PROVIDER_UNAVAILABLE')
      expect(discoveries()).toBe(asked + 2)
      expect(await visits()).toBe(before)
    },
  )

  it('that does not answer is waited for five seconds', async () => {
    provider.interrupt = () => undefined
    const began = performance.now()
    expect((await start('YANDEX')).errors[0]?.extensions.code).toBe('PROVIDER_UNAVAILABLE')
    expect(performance.now() - began).toBeGreaterThan(4_900)
    expect(performance.now() - began).toBeLessThan(9_000)
  })

  it('is discovered once, also by several at once', async () => {
    const asked = discoveries()
    const answers = await Promise.all(Array.from({ length: 5 }, () => start('VK')))
    expect(answers.flatMap(({ errors }) => errors)).toEqual([])
    await start('VK')
    expect(discoveries()).toBe(asked + 1)
  })

  it('that goes away during a visit is PROVIDER_UNAVAILABLE; the visit is over, the next one works', async () => {
    const login = desk.newPerson()
    const brought = await desk.bring(login)
    const asked = discoveries()
    provider.interrupt = answering(502)
    expect((await desk.complete(brought)).code).toBe('PROVIDER_UNAVAILABLE')
    provider.interrupt = null
    expect((await desk.complete(brought)).code).toBe('UNAUTHENTICATED')
    expect((await desk.signIn(login)).code).toBe('ok')
    expect(discoveries()).toBe(asked + 1)
  })
})

it('an application that the provider does not know is the operator’s to see, not the visitor’s', async () => {
  expect((await stranger.signIn(stranger.newPerson())).code).toBe('PROVIDER_UNAVAILABLE')
})
