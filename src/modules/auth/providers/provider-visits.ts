import { timingSafeEqual } from 'node:crypto'
import type { IdentityProvider } from '../../../generated/prisma/enums.js'
import type { Clock } from '../../../kernel/clock.js'
import type { Database } from '../../../platform/database/database.js'
import { newSecret, secretHash } from '../../../platform/secrets/one-time-secret.js'
import type { SealedBox } from '../../../platform/secrets/sealed-box.js'
import type { ProviderVisit } from './provider-client.js'
import { ProviderRefusal } from './provider-failure.js'

const LIFETIME_MS = 10 * 60_000

/** What a browser keeps of a visit where no script and no other site can give it. */
export interface BrowserMemory {
  get(name: string): string | null
  set(name: string, value: string, lifetimeSeconds: number): void
  clear(name: string): void
}

/** A visit that came back. */
export interface ReturnedVisit extends ProviderVisit {
  readonly provider: IdentityProvider
  /** Who started it to link the identity to their account. */
  readonly userId: string | null
}

interface Row {
  readonly provider: IdentityProvider
  readonly secrets: Uint8Array
  readonly redirectUri: string
  readonly userId: string | null
  readonly browserHash: Uint8Array | null
  readonly expiresAt: Date
}

/** The visits to providers that have not come back yet. */
export class ProviderVisits {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly box: SealedBox,
  ) {}

  /** Remembers a visit, and has the browser remember it too when there is one that can. */
  async keep(visit: ReturnedVisit, browser: BrowserMemory | null): Promise<void> {
    const { state, redirectUri, provider, userId, verifier, nonce } = visit
    const now = this.clock.now()
    const stateHash = secretHash(state)
    const proof = browser ? newSecret() : null
    await this.database.prisma.providerLogin.create({
      data: {
        stateHash,
        provider,
        redirectUri,
        userId,
        secrets: this.box.seal(labelOf(stateHash), JSON.stringify({ verifier, nonce })),
        browserHash: proof === null ? null : secretHash(proof),
        createdAt: now,
        expiresAt: new Date(now.getTime() + LIFETIME_MS),
      },
    })
    if (proof !== null) browser?.set(cookieOf(stateHash), proof, LIFETIME_MS / 1_000)
  }

  /**
   * The visit of a state, once: it is gone then, whatever comes of it. In cookie mode the browser has to be the one
   * that left: otherwise somebody could be made to finish a stranger's visit.
   * @throws ProviderRefusal when there is none, it took too long, or it left from another browser
   */
  async take(state: string, browser: BrowserMemory | null): Promise<ReturnedVisit> {
    const stateHash = secretHash(state)
    const [row] = await this.database.prisma.$queryRaw<Row[]>`
      delete from provider_logins where state_hash = ${stateHash}
      returning provider::text as "provider", secrets, redirect_uri as "redirectUri", user_id::text as "userId",
                browser_hash as "browserHash", expires_at as "expiresAt"`
    const cookie = cookieOf(stateHash)
    const proof = browser?.get(cookie) ?? null
    browser?.clear(cookie)
    if (!row) throw new ProviderRefusal('there is no such visit')
    if (row.expiresAt <= this.clock.now()) throw new ProviderRefusal('the visit took too long')
    if ((browser || row.browserHash) && !isProofOf(row.browserHash, proof))
      throw new ProviderRefusal('the visit left from another browser')
    const { provider, redirectUri, userId } = row
    const secrets = JSON.parse(this.box.open(labelOf(stateHash), row.secrets)) as Pick<
      ProviderVisit,
      'verifier' | 'nonce'
    >
    return { state, provider, redirectUri, userId, ...secrets }
  }
}

const isProofOf = (hash: Uint8Array | null, proof: string | null): boolean =>
  hash !== null && proof !== null && timingSafeEqual(secretHash(proof), hash)

const hex = (hash: Uint8Array): string => Buffer.from(hash).toString('hex')

const labelOf = (stateHash: Uint8Array): string => `provider-login:${hex(stateHash)}`

/** Each visit has its own cookie, so that two tabs can be away at once. */
const cookieOf = (stateHash: Uint8Array): string => `adtime_visit_${hex(stateHash).slice(0, 16)}`
