import { ClientSecretPost } from 'openid-client'
import { z } from 'zod'
import type { OAuthDialect } from './oauth-client.js'
import { displayNameOf, subjectOf } from './proven-person.js'
import { ProviderRefusal } from './provider-failure.js'

const answers = z.object({
  id: z.string(),
  client_id: z.string(),
  display_name: z.string().nullish(),
  real_name: z.string().nullish(),
})

/**
 * Yandex ID, as https://yandex.ru/dev/id/doc describes it: OAuth 2 with PKCE, neither a discovery document nor
 * id_tokens. Its addresses of e-mail come without a word on whether they were verified, so none is asked for.
 */
export const yandexId: OAuthDialect = {
  authorizationUrl: 'https://oauth.yandex.ru/authorize',
  tokenUrl: 'https://oauth.yandex.ru/token',
  personUrl: 'https://login.yandex.ru/info?format=json',
  scope: 'login:info',
  authenticate: (secret) => ClientSecretPost(secret ?? ''),
  exchangeParameters: () => ({}),
  askWho: (accessToken) => ({ headers: { accept: 'application/json', authorization: `OAuth ${accessToken}` } }),
  personOf(answer, clientId) {
    const { data } = answers.safeParse(answer)
    if (data?.client_id !== clientId) throw new ProviderRefusal('Yandex did not say who it is for us')
    const name = displayNameOf(data.real_name) ?? displayNameOf(data.display_name)
    return { subject: subjectOf(data.id), name, verifiedEmail: null, provenAt: null }
  },
}
