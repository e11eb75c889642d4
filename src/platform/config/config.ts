import { z } from 'zod'

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
  readonly logLevel: string
}
