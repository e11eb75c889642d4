import type { ClientAuth } from 'openid-client'
import { z } from 'zod'
import type { OAuthDialect } from './oauth-client.js'
import { displayNameOf, subjectOf } from './proven-person.js'
import { ProviderRefusal } from './provider-failure.js'

const answers = z.object({
  user: z.object({
    user_id: z.union([z.string(), z.number()]),
    first_name: z.string().nullish(),
    last_name: z.string().nullish(),
  }),
})

/**
 * A public application has no secret and proves itself by the verifier alone; VK refuses parameters that it does not
 * know.
 */
const authenticate =
  (serviceToken: string | null): ClientAuth =>
  (_server, { client_id }, body) => {
    body.set('client_id', client_id)
    if (serviceToken) body.set('service_token', serviceToken)
  }

/**
 * VK ID, as https://id.vk.ru/about/business/go/docs describes it: OAuth 2.1 with PKCE and no discovery document. It
 * gives an id_token, but publishes no key set to check one with. The code comes with a `device_id` that the exchange
 * wants too. Its addresses of e-mail come without a word on whether they were verified, so none is asked for.
 */
export const vkId: OAuthDialect = {
  authorizationUrl: 'https://id.vk.ru/authorize',
  tokenUrl: 'https://id.vk.ru/oauth2/auth',
  personUrl: 'https://id.vk.ru/oauth2/user_info',
  scope: 'vkid.personal_info',
  authenticate,
  exchangeParameters(brought) {
    const deviceId = brought.get('device_id')
    if (!deviceId) throw new ProviderRefusal('VK gave a device_id with the code, which was not brought along')
    return { device_id: deviceId, state: brought.get('state') ?? '' }
  },
  askWho: (accessToken, clientId) => ({
    method: 'POST',
    headers: { accept: 'application/json' },
    body: new URLSearchParams({ client_id: clientId, access_token: accessToken }),
  }),
  personOf(answer) {
    const { data } = answers.safeParse(answer)
    if (!data) throw new ProviderRefusal('VK did not say who it is')
    const { user_id, first_name, last_name } = data.user
    const name = displayNameOf([first_name, last_name].filter(Boolean).join(' '))
    return { subject: subjectOf(user_id), name, verifiedEmail: null, provenAt: null }
  },
}
