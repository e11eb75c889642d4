import { join } from 'node:path'
import type { Platform } from '../../platform/platform.js'
import type { Room } from '../../platform/room.js'
import { AssetResolver, ProfileAvatarResolver, UserAvatarResolver } from './asset.resolver.js'
import { assetRoute } from './asset.route.js'
import { forgetAssets } from './asset-forgetting.js'
import { AssetLinks } from './asset-links.js'
import { AssetStore } from './asset-store.js'
import { diskStorage } from './disk-storage.js'
import { REMOVE_FILES, removeFiles } from './file-removal.job.js'

/** Stored files: their bytes, their rows, and the signed links under which they are served. */
export function createAssetsRoom(
  platform: Platform,
): Room & { readonly assets: AssetStore; readonly links: AssetLinks } {
  const storage = diskStorage(join(platform.config.dataDir, 'assets'))
  const links = new AssetLinks(platform)
  return {
    resolvers: [new AssetResolver(links), new UserAvatarResolver(), new ProfileAvatarResolver()],
    routes: assetRoute(platform, storage),
    jobs: { [REMOVE_FILES]: removeFiles(storage) },
    forget: forgetAssets,
    assets: new AssetStore(storage, platform.database, platform.clock),
    links,
  }
}
