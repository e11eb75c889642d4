import { createHash, createHmac } from 'node:crypto'

export const BOT_TOKEN = `7007:${'AbC-'.repeat(9)}`

export type TelegramFields = Record<string, string | number>

/** The fields with the hash that Telegram adds for a bot. */
export function signTelegramLogin(fields: TelegramFields, botToken = BOT_TOKEN): TelegramFields {
  const lines = Object.entries(fields).map(([name, value]) => `${name}=${value}`)
  const key = createHash('sha256').update(botToken).digest()
  return { ...fields, hash: createHmac('sha256', key).update(lines.sort().join('\n')).digest('hex') }
}

/** What Telegram puts behind `#tgAuthResult=`. */
export const telegramResult = (fields: unknown): string => Buffer.from(JSON.stringify(fields)).toString('base64url')

/** The state of a visit to Telegram, from the URL that begins it. */
export const telegramState = (url: string): string =>
  new URL(new URL(url).searchParams.get('return_to') ?? '').searchParams.get('state') ?? ''
