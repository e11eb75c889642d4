import { createHash, createHmac, timingSafeEqual } from 'node:crypto'
import { DAY_MS } from '../../../kernel/clock.js'
import { ProviderRefusal } from './provider-failure.js'

const MAX_AGE_MS = DAY_MS
/** Telegram's clock may be ahead of ours by as much. */
const SKEW_MS = 60_000

export type TelegramData = ReadonlyMap<string, string>

/**
 * The fields that Telegram's login gave: as the JSON in base64 of `#tgAuthResult=…`, or as the query that its widget
 * adds to the page's address.
 * @throws ProviderRefusal for anything else
 */
export function readTelegramData(brought: string, state: string): TelegramData {
  const query = new URLSearchParams(brought.replace(/^#/, ''))
  if (query.has('hash')) return fieldsOf([...query].filter(([name, value]) => name !== 'state' || value !== state))
  const encoded = query.get('tgAuthResult') ?? brought
  // Node's base64 reads both alphabets, and a plus that came through a query is a space by now.
  const text = Buffer.from(encoded.replaceAll(' ', '+'), 'base64').toString('utf8')
  try {
    return fieldsOf(Object.entries(JSON.parse(text) as object))
  } catch (cause) {
    throw cause instanceof ProviderRefusal ? cause : new ProviderRefusal('this is no login data of Telegram')
  }
}

/**
 * Names are simple and values have no line feed: both stand in the signed text as they are, and a line feed inside a
 * value would let one field pass for two others under the same signature.
 */
function fieldsOf(entries: readonly (readonly [string, unknown])[]): TelegramData {
  const fields = new Map<string, string>()
  for (const [name, value] of entries) {
    const isPlain = (typeof value === 'string' && !/\p{Cc}/u.test(value)) || Number.isSafeInteger(value)
    if (!isPlain || !/^[a-z_]+$/.test(name) || fields.has(name))
      throw new ProviderRefusal('a field is not as Telegram has it')
    fields.set(name, String(value))
  }
  return fields
}

/**
 * Checks login data as https://core.telegram.org/widgets/login-legacy has it.
 * @returns when Telegram signed it
 * @throws ProviderRefusal unless Telegram signed exactly these fields for this bot within the last day
 */
export function checkTelegramData(data: TelegramData, botToken: string, now: Date): Date {
  const { hash = '', ...fields } = Object.fromEntries(data)
  const lines = Object.entries(fields).map(([name, value]) => `${name}=${value}`)
  const key = createHash('sha256').update(botToken).digest()
  const expected = createHmac('sha256', key).update(lines.sort().join('\n')).digest()
  const given = Buffer.from(hash, 'hex')
  if (given.length !== expected.length || !timingSafeEqual(given, expected))
    throw new ProviderRefusal('Telegram did not sign this')
  const signedAt = new Date(Number(fields.auth_date) * 1_000)
  const age = now.getTime() - signedAt.getTime()
  // Written so that a date that is none is refused too.
  if (!(age > -SKEW_MS && age < MAX_AGE_MS)) throw new ProviderRefusal('Telegram signed this too long ago, or not yet')
  return signedAt
}
