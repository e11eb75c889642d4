import type { Clock } from '../../../kernel/clock.js'
import { displayNameOf, subjectOf } from './proven-person.js'
import type { ProvenPerson, ProviderClient, ProviderVisit } from './provider-client.js'
import { checkTelegramData, readTelegramData } from './telegram-data.js'

const LOGIN_PAGE = 'https://oauth.telegram.org/auth'

/** Telegram's login: it signs who somebody is with a key that follows from our bot's token. */
export class TelegramClient implements ProviderClient {
  readonly provider = 'TELEGRAM'

  constructor(
    private readonly botToken: string,
    private readonly clock: Clock,
  ) {}

  async visitUrl({ state, redirectUri }: ProviderVisit): Promise<string> {
    const url = new URL(LOGIN_PAGE)
    const [botId = ''] = this.botToken.split(':')
    url.searchParams.set('bot_id', botId)
    url.searchParams.set('origin', new URL(redirectUri).origin)
    // Telegram has no state of its own, but leaves the address that it returns to as it is.
    url.searchParams.set('return_to', `${redirectUri}?state=${state}`)
    return url.href
  }

  async prove({ state }: ProviderVisit, brought: string): Promise<ProvenPerson> {
    const data = readTelegramData(brought, state)
    const provenAt = checkTelegramData(data, this.botToken, this.clock.now())
    const name = [data.get('first_name'), data.get('last_name')].filter(Boolean).join(' ')
    return { subject: subjectOf(data.get('id')), name: displayNameOf(name), verifiedEmail: null, provenAt }
  }
}
