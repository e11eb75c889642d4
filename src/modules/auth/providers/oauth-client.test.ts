import { describe, expect, it } from 'vitest'
import { startVkId } from '../../../../test/simulators/vk-id.js'
import { startYandexId } from '../../../../test/simulators/yandex-id.js'
import { newSecret } from '../../../platform/secrets/one-time-secret.js'
import { OAuthClient } from './oauth-client.js'
import { providerFetch } from './provider-fetch.js'
import { vkId } from './vk-id.js'
import { yandexId } from './yandex-id.js'

const newVisit = () => ({
  state: newSecret(),
  verifier: newSecret(),
  nonce: newSecret(),
  redirectUri: 'https://app.example.test/signed-in',
})

describe('Yandex ID', async () => {
  const yandex = await startYandexId('secret')
  const endpoints = { tokenUrl: `${yandex.url}/token`, personUrl: `${yandex.url}/info?format=json` }
  const clientWith = (clientSecret: string) =>
    new OAuthClient(
      { provider: 'YANDEX', issuer: null, clientId: 'ours', clientSecret },
      { ...yandexId, ...endpoints },
      { allowHttp: true },
    )
  const client = clientWith('secret')
  const anna = { id: '1000034426', client_id: 'ours', login: 'anna', real_name: 'Анна Петрова', display_name: 'anna' }

  it('is visited at its own page, for the name alone', async () => {
    const url = new URL(await client.visitUrl(newVisit()))
    expect(`${url.origin}${url.pathname}`).toBe('https://oauth.yandex.ru/authorize')
    expect(Object.fromEntries(url.searchParams)).toMatchObject({ scope: 'login:info', client_id: 'ours' })
  })

  it('says who came back, and its address proves nothing', async () => {
    const visit = newVisit()
    yandex.person = { ...anna, default_email: 'anna@yandex.ru', emails: ['anna@yandex.ru'], email_verified: true }
    const code = yandex.codes.agree(await client.visitUrl(visit))
    const person = { subject: '1000034426', name: 'Анна Петрова', verifiedEmail: null, provenAt: null }
    expect(await client.prove(visit, code)).toEqual(person)
    await expect(client.prove(visit, code)).rejects.toMatchObject({ error: 'invalid_grant' })
  })

  it.each([
    ['for another application', { ...anna, client_id: 'another' }],
    ['for none', { ...anna, client_id: undefined }],
    ['about nobody', { client_id: 'ours' }],
    ['about an empty name', { ...anna, id: '' }],
  ])('is not believed when it speaks %s', async (_what, person) => {
    const visit = newVisit()
    yandex.person = person
    const code = yandex.codes.agree(await client.visitUrl(visit))
    await expect(client.prove(visit, code)).rejects.toMatchObject({ name: 'ProviderRefusal' })
  })

  it('does not take a code with another verifier, or from somebody with another secret', async () => {
    yandex.person = anna
    const [visit, other] = [newVisit(), newVisit()]
    const code = () => client.visitUrl(visit).then((url) => yandex.codes.agree(url))
    await expect(client.prove(other, await code())).rejects.toMatchObject({ error: 'invalid_grant' })
    await expect(clientWith('wrong').prove(visit, await code())).rejects.toMatchObject({ error: 'invalid_client' })
  })
})

describe('VK ID', async () => {
  const vk = await startVkId()
  const endpoints = { tokenUrl: `${vk.url}/oauth2/auth`, personUrl: `${vk.url}/oauth2/user_info` }
  const clientWith = (clientSecret: string | null) =>
    new OAuthClient(
      { provider: 'VK', issuer: null, clientId: '51234', clientSecret },
      { ...vkId, ...endpoints },
      { allowHttp: true },
    )
  const client = clientWith(null)
  const boris = {
    user: { user_id: '77', first_name: 'Борис', last_name: 'Ким', email: 'boris@example.com', verified: true },
  }
  const bring = async (visit: ReturnType<typeof newVisit>) =>
    `?code=${vk.codes.agree(await client.visitUrl(visit))}&expires_in=600&device_id=device&state=${visit.state}&type=code_v2`

  it('is visited at its own page, for the name alone', async () => {
    const url = new URL(await client.visitUrl(newVisit()))
    expect(`${url.origin}${url.pathname}`).toBe('https://id.vk.ru/authorize')
    expect(Object.fromEntries(url.searchParams)).toMatchObject({ scope: 'vkid.personal_info', client_id: '51234' })
  })

  it('says who came back with the query, and neither its address nor its id_token proves anything', async () => {
    const visit = newVisit()
    vk.person = boris
    expect(await client.prove(visit, await bring(visit))).toEqual({
      subject: '77',
      name: 'Борис Ким',
      verifiedEmail: null,
      provenAt: null,
    })
    expect(vk.lastForm.has('service_token')).toBe(false)
    expect(vk.lastForm.get('state')).toBe(visit.state)
  })

  it('gets the service token of a confidential application', async () => {
    const visit = newVisit()
    vk.person = { user: { ...boris.user, user_id: 78 } }
    expect(await clientWith('service').prove(visit, await bring(visit))).toMatchObject({ subject: '78' })
    expect(vk.lastForm.get('service_token')).toBe('service')
  })

  it('needs the device_id that it gave, and takes a code once', async () => {
    const visit = newVisit()
    const query = await bring(visit)
    const code = new URLSearchParams(query).get('code') ?? ''
    await expect(client.prove(visit, code)).rejects.toMatchObject({ name: 'ProviderRefusal' })
    expect(await client.prove(visit, query)).toMatchObject({ name: 'Борис Ким' })
    await expect(client.prove(visit, query)).rejects.toMatchObject({ name: 'ClientError' })
  })

  it('is not believed when it names nobody', async () => {
    for (const person of [{ error: 'invalid_token' }, { user: {} }, { user: { user_id: 1.5 } }]) {
      const visit = newVisit()
      vk.person = person
      await expect(client.prove(visit, await bring(visit))).rejects.toMatchObject({ name: 'ProviderRefusal' })
    }
  })
})

it('a provider is not asked without TLS unless that is allowed', async () => {
  const options = { provider: 'VK', issuer: null, clientId: '1', clientSecret: null } as const
  const client = new OAuthClient(options, { ...vkId, tokenUrl: 'http://127.0.0.1:9/token' })
  const visit = newVisit()
  await expect(client.prove(visit, `code=1&device_id=1&state=${visit.state}`)).rejects.toMatchObject({
    message: 'only requests to HTTPS are allowed',
  })
})

it('a provider that nobody listens for is an outage', async () => {
  await expect(providerFetch('http://127.0.0.1:9/', {})).rejects.toMatchObject({ name: 'ProviderOutage' })
})
