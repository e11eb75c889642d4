import type { Clock } from '../../kernel/clock.js'
import { expiryOf, signedAssetPath } from './asset-url.js'

export interface AssetLinksDeps {
  readonly clock: Clock
  readonly config: { readonly publicUrl: string }
  readonly secrets: { readonly assetUrlKey: Uint8Array }
}

export class AssetLinks {
  constructor(private readonly deps: AssetLinksDeps) {}

  /** A signed, expiring URL of the asset. Whoever holds it can download. */
  urlOf(id: string, width: number | null = null): string {
    const { clock, config, secrets } = this.deps
    return config.publicUrl + signedAssetPath({ id, width, expires: expiryOf(clock.now()) }, secrets.assetUrlKey)
  }
}
