import { isIP } from 'node:net'
import { z } from 'zod'
import { ConfigError } from './config-error.js'

const list = z.string().transform((text) =>
  text
    .split(',')
    .map((part) => part.trim())
    .filter(Boolean),
)

const isOrigin = (text: string): boolean => URL.canParse(text) && new URL(text).origin === text

function isAddressRange(text: string): boolean {
  const [address = '', bits, ...more] = text.split('/')
  const longest = { 0: -1, 4: 32, 6: 128 }[isIP(address)] ?? -1
  return longest >= 0 && more.length === 0 && (bits === undefined || (/^\d+$/.test(bits) && Number(bits) <= longest))
}

const addressRanges = list.refine(
  (ranges) => ranges.every(isAddressRange),
  'must be addresses such as 10.0.0.1 or ranges such as 10.0.0.0/8, with commas between',
)

const url = (...protocols: string[]) =>
  z.string().refine((text) => URL.canParse(text) && protocols.includes(new URL(text).protocol), {
    message: `must be a URL that starts with ${protocols.map((protocol) => `${protocol}//`).join(' or ')}`,
  })

const hexKey = z
  .string()
  .regex(/^[0-9a-f]{64}$/i, 'must be 64 hexadecimal characters; `openssl rand -hex 32` makes them')

const pem = z
  .string()
  .transform((text) => text.replaceAll('\\n', '\n'))
  .refine(
    (text) => text.includes('-----BEGIN PRIVATE KEY-----'),
    'must be an RSA key as PKCS#8 PEM; `openssl genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:2048` makes one',
  )

const PEM_BLOCK = /-----BEGIN PUBLIC KEY-----[\s\S]+?-----END PUBLIC KEY-----/g

const optionalText = z.string().optional()

/** Every variable that the server reads. `.env.example` says what each is for; a test keeps the two equal. */
export const environmentSchema = z.object({
  NODE_ENV: z
    .enum(['development', 'test', 'production'], 'must be development, test or production')
    .default('development'),
  PORT: z
    .string()
    .regex(/^\d+$/, 'must be a port number')
    .transform(Number)
    .refine((port) => port >= 1 && port <= 65_535, 'must be a port number from 1 to 65535')
    .default(8042),
  HOST: z.string().optional(),
  DATA_DIR: z.string().default('.data'),
  DATABASE_URL: url('postgresql:', 'postgres:').optional(),
  REDIS_URL: url('redis:', 'rediss:').optional(),
  PUBLIC_URL: url('http:', 'https:').optional(),
  ALLOWED_ORIGINS: list
    .refine(
      (origins) => origins.every(isOrigin),
      'must be origins such as https://app.example.com, with commas between',
    )
    .default([]),
  TRUSTED_PROXIES: addressRanges.default([]),
  SEED: z.enum(['demo', 'none'], 'must be demo or none').default('demo'),
  SANDBOX_PAYMENTS: z.enum(['allow'], 'must be allow, or unset').optional(),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'], 'must be a pino level').optional(),
  RATE_LIMIT_COST: z
    .string()
    .regex(/^[1-9]\d{0,11}$/, 'must be a whole number above 0')
    .transform(Number)
    .default(120_000),
  SOCKETS_PER_ACCOUNT: z
    .string()
    .regex(/^[1-9]\d{0,5}$/, 'must be a whole number from 1 to 999999')
    .transform(Number)
    .default(250),
  SOCKETS_PER_ADDRESS: z
    .string()
    .regex(/^[1-9]\d{0,5}$/, 'must be a whole number from 1 to 999999')
    .transform(Number)
    .default(2_000),
  JOB_CONCURRENCY: z
    .string()
    .regex(/^\d{1,2}$/, 'must be a whole number from 0 to 99')
    .transform(Number)
    .default(4),
  PRIVATE_WEBHOOK_URLS: z.enum(['allow'], 'must be allow, or unset').optional(),
  REQUIRE_SECOND_FACTOR: z.enum(['staff'], 'must be staff, or unset').optional(),
  JWT_PRIVATE_KEY: pem.optional(),
  JWT_PREVIOUS_KEYS: z
    .string()
    .transform((text) => text.replaceAll('\\n', '\n'))
    .pipe(z.string().transform((text) => text.match(PEM_BLOCK) ?? []))
    .refine((keys) => keys.length > 0, 'must be public keys as PEM; `npm run keys:rotate` prints them')
    .optional(),
  PASSWORD_PEPPER: hexKey.optional(),
  PREVIOUS_PASSWORD_PEPPERS: list.pipe(z.array(hexKey)).default([]),
  SIGNING_SECRET: hexKey.optional(),
  PLATFORM_FEE_PERCENT: z
    .string()
    .regex(/^(\d{1,2}|100)$/, 'must be a whole number from 0 to 100')
    .transform(Number)
    .default(15),
  YOOKASSA_SHOP_ID: optionalText,
  YOOKASSA_SECRET_KEY: optionalText,
  YOOKASSA_API_URL: url('https:', 'http:').default('https://api.yookassa.ru/v3/'),
  YOOKASSA_ALLOWED_ADDRESSES: addressRanges.default([
    '185.71.76.0/27',
    '185.71.77.0/27',
    '77.75.153.0/25',
    '77.75.154.128/25',
    '77.75.156.11',
    '77.75.156.35',
    '2a02:5180::/32',
  ]),
  YOOKASSA_VAT_CODE: z
    .string()
    .regex(/^([1-9]|1[0-2])$/, "must be one of YooKassa's codes from 1 to 12")
    .transform(Number)
    .default(1),
  STRIPE_SECRET_KEY: optionalText,
  STRIPE_WEBHOOK_SECRET: optionalText,
  STRIPE_API_URL: url('https:', 'http:')
    .refine(
      (text) => !URL.canParse(text) || new URL(text).pathname === '/',
      'must be without a path: Stripe has its API under /v1',
    )
    .default('https://api.stripe.com'),
  FUSIONBRAIN_KEY: optionalText,
  FUSIONBRAIN_SECRET: optionalText,
  FUSIONBRAIN_API_URL: optionalText,
  S3_ENDPOINT: optionalText,
  S3_ACCESS_KEY: optionalText,
  S3_SECRET_KEY: optionalText,
  S3_BUCKET: optionalText,
  SMTP_URL: url('smtp:', 'smtps:').optional(),
  MAIL_FROM: z.string().default('AdTime <noreply@localhost>'),
  TELEGRAM_BOT_TOKEN: z
    .string()
    .regex(/^\d+:[\w-]{20,}$/, 'must be the token that BotFather gave, such as 123456:AbC…')
    .optional(),
  TELEGRAM_API_URL: url('https:', 'http:').default('https://api.telegram.org'),
  YANDEX_CLIENT_ID: optionalText,
  YANDEX_CLIENT_SECRET: optionalText,
  YANDEX_ISSUER: url('https:', 'http:').optional(),
  VK_CLIENT_ID: optionalText,
  VK_CLIENT_SECRET: optionalText,
  VK_ISSUER: url('https:', 'http:').optional(),
  GOOGLE_CLIENT_ID: optionalText,
  GOOGLE_CLIENT_SECRET: optionalText,
  GOOGLE_ISSUER: url('https:', 'http:').default('https://accounts.google.com'),
})

export type Environment = z.infer<typeof environmentSchema>

/** Variables of services that have no adapter yet: set, they would be ignored in silence. */
const WITHOUT_ADAPTER = /^(FUSIONBRAIN|S3)_/

/** The first means nothing without the second, and the other way round. */
const TOGETHER = [
  ['YOOKASSA_SHOP_ID', 'YOOKASSA_SECRET_KEY'],
  ['YOOKASSA_SECRET_KEY', 'YOOKASSA_SHOP_ID'],
  ['STRIPE_SECRET_KEY', 'STRIPE_WEBHOOK_SECRET'],
  ['STRIPE_WEBHOOK_SECRET', 'STRIPE_SECRET_KEY'],
] as const

type Variables = Readonly<Record<string, string | undefined>>

// An empty variable is an unset one: that is what `NAME=` in an env file means.
const withoutEmpty = (variables: Variables): Variables =>
  Object.fromEntries(Object.entries(variables).filter(([, value]) => value !== ''))

const jwtSchema = environmentSchema.pick({ DATA_DIR: true, JWT_PRIVATE_KEY: true, JWT_PREVIOUS_KEYS: true })

/** Where the keys of access tokens are, for a command that needs nothing else. @throws ConfigError */
export function readJwtEnvironment(variables: Variables): z.infer<typeof jwtSchema> {
  const parsed = jwtSchema.safeParse(withoutEmpty(variables))
  if (!parsed.success) throw new ConfigError(problemsOf(parsed.error))
  return parsed.data
}

const problemsOf = ({ issues }: z.ZodError): string[] =>
  issues.map((issue) => `${issue.path.join('.')} ${issue.message}`)

/** @throws ConfigError with every problem at once */
export function readEnvironment(variables: Variables): Environment {
  const given = withoutEmpty(variables)
  const parsed = environmentSchema.safeParse(given)
  const problems = parsed.success ? [] : problemsOf(parsed.error)
  for (const [name, other] of TOGETHER)
    if (given[name] === undefined && given[other] !== undefined) problems.push(`${name} is missing beside ${other}`)
  const isProduction = given.NODE_ENV === 'production'
  if (isProduction) {
    for (const name of ['JWT_PRIVATE_KEY', 'PASSWORD_PEPPER', 'SIGNING_SECRET'] as const)
      if (given[name] === undefined) problems.push(`${name} is missing: ${HOW_TO_MAKE[name]}`)
    if (given.PRIVATE_WEBHOOK_URLS !== undefined)
      problems.push(
        'PRIVATE_WEBHOOK_URLS must be unset in production: it opens our own network to whoever sets a webhook URL',
      )
    for (const name of ['YANDEX_ISSUER', 'VK_ISSUER', 'GOOGLE_ISSUER'] as const)
      if (given[name]?.startsWith('http:')) problems.push(`${name} must start with https:// in production`)
  }
  if (!parsed.success || problems.length > 0) throw new ConfigError(problems)
  return parsed.data
}

const HOW_TO_MAKE = {
  JWT_PRIVATE_KEY:
    'the RSA key that signs access tokens, as PKCS#8 PEM; `openssl genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:2048` makes one',
  PASSWORD_PEPPER: '64 hexadecimal characters mixed into every password; `openssl rand -hex 32` makes them',
  SIGNING_SECRET:
    '64 hexadecimal characters that sign cursors, file links and sandbox webhooks; `openssl rand -hex 32` makes them',
} as const

/** Names of variables that are set and have no effect. */
export const ignoredVariables = (environment: Environment): string[] =>
  Object.entries(environment)
    .filter(([name, value]) => WITHOUT_ADAPTER.test(name) && value !== undefined)
    .map(([name]) => name)
