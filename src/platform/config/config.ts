import { resolve } from 'node:path'
import type { IdentityProvider } from '../../generated/prisma/enums.js'
import type { Environment } from './environment.js'

export interface Config {
  readonly environment: 'development' | 'test' | 'production'
  readonly port: number
  readonly host: string
  /** Absolute. Holds the embedded database, keys and files. */
  readonly dataDir: string
  /** Null: an embedded PostgreSQL under `dataDir`. */
  readonly databaseUrl: string | null
  /** Null: events and limits stay in this process. */
  readonly redisUrl: string | null
  /** Base of the links we hand out, without a trailing slash. */
  readonly publicUrl: string
  /** Origins of browsers that may call us, besides our own. */
  readonly allowedOrigins: readonly string[]
  /** Addresses and CIDR ranges whose X-Forwarded-For is believed. */
  readonly trustedProxies: readonly string[]
  readonly seed: 'demo' | 'none'
  readonly sandboxPayments: boolean
  /** What the platform keeps of a designer's sale. */
  readonly platformFeePercent: number
  /** Null: not configured. */
  readonly yookassa: YooKassaAccess | null
  /** Null: not configured. */
  readonly stripe: StripeAccess | null
  /** How many jobs this process runs at once; 0 leaves them to other replicas. */
  readonly jobConcurrency: number
  /** What the operations of one account may cost in a minute; see platform/graphql/operation-cost.ts. */
  readonly rateLimitCost: number
  /** Sockets open at once at one process. */
  readonly socketLimits: { readonly perAccount: number; readonly perAddress: number }
  /** Whether MANAGER and ADMIN act as such only with a second factor. */
  readonly staffNeedSecondFactor: boolean
  /** Whether factories may be called over http and in private networks, for development. */
  readonly allowsPrivateWebhooks: boolean
  /** Null: letters go to the development outbox, or nowhere in production. */
  readonly smtpUrl: string | null
  readonly mailFrom: string
  /** Those that are configured. */
  readonly openIdProviders: readonly OpenIdProvider[]
  readonly telegramBotToken: string | null
  /** Base of Telegram's Bot API. */
  readonly telegramApiUrl: string
  readonly logLevel: string
}

/** Our shop at YooKassa. */
export interface YooKassaAccess {
  readonly shopId: string
  readonly secretKey: string
  /** Base of its API, with a trailing slash. */
  readonly apiUrl: string
  /** Addresses and CIDR ranges that its notifications come from. */
  readonly allowedAddresses: readonly string[]
  /** The rate of VAT on our receipts, as YooKassa numbers them; 1 is "without VAT". */
  readonly vatCode: number
  /** How long one call may take. */
  readonly answerMs: number
}

/** Our account at Stripe. */
export interface StripeAccess {
  readonly secretKey: string
  /** What its webhooks are signed with. */
  readonly webhookSecret: string
  readonly apiUrl: string
  /** How long one try of a call may take. */
  readonly answerMs: number
}

/** A provider of identities, and how it knows us. */
export interface OpenIdProvider {
  readonly provider: Exclude<IdentityProvider, 'TELEGRAM'>
  /** Where its OpenID Connect is discovered. Null: the provider's own OAuth, for those that have no OpenID Connect. */
  readonly issuer: string | null
  readonly clientId: string
  /** Null for VK alone, which gives public applications none. */
  readonly clientSecret: string | null
}

export function configFrom(environment: Environment): Config {
  const isProduction = environment.NODE_ENV === 'production'
  return {
    environment: environment.NODE_ENV,
    port: environment.PORT,
    host: environment.HOST ?? (isProduction ? '0.0.0.0' : '127.0.0.1'),
    dataDir: resolve(environment.DATA_DIR),
    databaseUrl: environment.DATABASE_URL ?? null,
    redisUrl: environment.REDIS_URL ?? null,
    publicUrl: (environment.PUBLIC_URL ?? `http://localhost:${environment.PORT}`).replace(/\/+$/, ''),
    allowedOrigins: environment.ALLOWED_ORIGINS,
    trustedProxies: environment.TRUSTED_PROXIES,
    seed: isProduction ? 'none' : environment.SEED,
    sandboxPayments: !isProduction || environment.SANDBOX_PAYMENTS === 'allow',
    platformFeePercent: environment.PLATFORM_FEE_PERCENT,
    yookassa: yookassaAccess(environment),
    stripe: stripeAccess(environment),
    jobConcurrency: environment.JOB_CONCURRENCY,
    rateLimitCost: environment.RATE_LIMIT_COST,
    socketLimits: { perAccount: environment.SOCKETS_PER_ACCOUNT, perAddress: environment.SOCKETS_PER_ADDRESS },
    staffNeedSecondFactor: environment.REQUIRE_SECOND_FACTOR === 'staff',
    allowsPrivateWebhooks: !isProduction && environment.PRIVATE_WEBHOOK_URLS === 'allow',
    smtpUrl: environment.SMTP_URL ?? null,
    mailFrom: environment.MAIL_FROM,
    openIdProviders: openIdProviders(environment),
    telegramBotToken: environment.TELEGRAM_BOT_TOKEN ?? null,
    telegramApiUrl: environment.TELEGRAM_API_URL,
    logLevel: environment.LOG_LEVEL ?? (isProduction ? 'info' : 'warn'),
  }
}

const PROVIDER_ANSWER_MS = 10_000

function yookassaAccess(environment: Environment): YooKassaAccess | null {
  const { YOOKASSA_SHOP_ID: shopId, YOOKASSA_SECRET_KEY: secretKey } = environment
  if (!shopId || !secretKey) return null
  return {
    shopId,
    secretKey,
    apiUrl: environment.YOOKASSA_API_URL.replace(/\/*$/, '/'),
    allowedAddresses: environment.YOOKASSA_ALLOWED_ADDRESSES,
    vatCode: environment.YOOKASSA_VAT_CODE,
    answerMs: PROVIDER_ANSWER_MS,
  }
}

function stripeAccess(environment: Environment): StripeAccess | null {
  const { STRIPE_SECRET_KEY: secretKey, STRIPE_WEBHOOK_SECRET: webhookSecret, STRIPE_API_URL: apiUrl } = environment
  return secretKey && webhookSecret ? { secretKey, webhookSecret, apiUrl, answerMs: PROVIDER_ANSWER_MS } : null
}

const openIdProviders = (environment: Environment): OpenIdProvider[] =>
  (['YANDEX', 'VK', 'GOOGLE'] as const).flatMap((provider) => {
    const clientId = environment[`${provider}_CLIENT_ID`]
    const clientSecret = environment[`${provider}_CLIENT_SECRET`] ?? null
    const issuer = environment[`${provider}_ISSUER`] ?? null
    return clientId && (clientSecret || provider === 'VK') ? [{ provider, issuer, clientId, clientSecret }] : []
  })
