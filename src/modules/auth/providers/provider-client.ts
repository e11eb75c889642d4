import type { IdentityProvider } from '../../../generated/prisma/enums.js'

/** One visit of somebody to a provider: what they take along, and what we keep to know them again by. */
export interface ProviderVisit {
  /** Comes back with them, and names the visit. */
  readonly state: string
  /** Where the provider sends them back to, as it is sent to the provider. */
  readonly redirectUri: string
  /** Of PKCE: proves that who exchanges the code is who asked for it. */
  readonly verifier: string
  /** Ties the id_token to the visit. */
  readonly nonce: string
}

/** Who the provider says that the visitor is. */
export interface ProvenPerson {
  /** What the provider knows the person by; it stays when their name and address change. */
  readonly subject: string
  /** Fit to be a display name. */
  readonly name: string | null
  /** Normalised. Null unless the provider says that it is the person's own: any other proves nothing. */
  readonly verifiedEmail: string | null
  /**
   * When the provider made this proof, where a copy of it could be shown twice; null where the provider sees to that.
   */
  readonly provenAt: Date | null
}

/** How we speak with one provider. */
export interface ProviderClient {
  readonly provider: IdentityProvider
  /** Where to send the visitor. @throws ProviderOutage */
  visitUrl(visit: ProviderVisit): Promise<string>
  /**
   * Who came back, from what the provider gave them to bring.
   * @throws ProviderOutage; a refusal, see provider-failure.ts, for everything that proves nothing
   */
  prove(visit: ProviderVisit, brought: string): Promise<ProvenPerson>
}
