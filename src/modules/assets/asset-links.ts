import type { Clock } from '../../kernel/clock.js'
import { expiryOf, signedAssetPath } from './asset-url.js'

export interface AssetLinksDeps {
  readonly clock: Clock
  readonly config: { readonly publicUrl: string }
  readonly secrets: { readonly assetUrlKey: Uint8Array }
}

export class AssetLinks {
  constructor(private readonly deps: AssetLinksDeps) {}

  /** Such a URL with the moment it expires, for whoever is not there to ask for another. */
  linkOf(id: string): { readonly url: string; readonly expiresAt: string } {
    const { clock, config, secrets } = this.deps
    const expires = expiryOf(clock.now())
    return {
      url: config.publicUrl + signedAssetPath({ id, width: null, expires }, secrets.assetUrlKey),
      expiresAt: new Date(expires * 1_000).toISOString(),
    }
  }

  /** A signed, expiring URL of the asset. Whoever holds it can download. */
  urlOf(id: string, width: number | null = null): string {
    const { clock, config, secrets } = this.deps
    return config.publicUrl + signedAssetPath({ id, width, expires: expiryOf(clock.now()) }, secrets.assetUrlKey)
  }
}
