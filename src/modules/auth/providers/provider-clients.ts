import type { IdentityProvider } from '../../../generated/prisma/enums.js'
import type { Clock } from '../../../kernel/clock.js'
import type { Config } from '../../../platform/config/config.js'
import { OAuthClient } from './oauth-client.js'
import { OpenIdClient } from './open-id-client.js'
import type { ProviderClient } from './provider-client.js'
import { TelegramClient } from './telegram-client.js'
import { vkId } from './vk-id.js'
import { yandexId } from './yandex-id.js'

/** Those that have no OpenID Connect of their own. Google's issuer has a default. */
const dialects = { YANDEX: yandexId, VK: vkId }

/** A client for each provider that is configured, in the order in which they are offered. */
export function providerClients(config: Config, clock: Clock): ReadonlyMap<IdentityProvider, ProviderClient> {
  const allowHttp = config.environment !== 'production'
  const clients: ProviderClient[] = config.openIdProviders.flatMap((options): ProviderClient[] => {
    const { provider, issuer } = options
    if (issuer !== null) return [new OpenIdClient({ ...options, issuer, allowHttp })]
    return provider === 'GOOGLE' ? [] : [new OAuthClient(options, dialects[provider])]
  })
  if (config.telegramBotToken) clients.push(new TelegramClient(config.telegramBotToken, clock))
  return new Map(clients.map((client) => [client.provider, client]))
}
