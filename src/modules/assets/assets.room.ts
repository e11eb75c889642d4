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
import { UploadResolver } from './upload.resolver.js'
import { uploadRoute } from './upload.route.js'
import { PRUNE_UPLOADS, pruneUploads } from './upload-pruning.job.js'
import { UploadReceiving } from './upload-receiving.service.js'
import { UploadTickets } from './upload-ticket.service.js'

/** Stored files: their bytes, their rows, and the signed links under which they are served. */
export function createAssetsRoom(
  platform: Platform,
): Room & { readonly assets: AssetStore; readonly links: AssetLinks } {
  const storage = diskStorage(join(platform.config.dataDir, 'assets'))
  const links = new AssetLinks(platform)
  const { database, clock } = platform
  const assets = new AssetStore(storage, database, clock)
  const incoming = join(platform.config.dataDir, 'uploads')
  const routes = [
    assetRoute(platform, storage),
    uploadRoute(platform, incoming, new UploadReceiving({ database, assets })),
  ]
  return {
    resolvers: [
      new AssetResolver(links),
      new UserAvatarResolver(),
      new ProfileAvatarResolver(),
      new UploadResolver(new UploadTickets(platform)),
    ],
    routes: (app) => {
      for (const route of routes) route(app)
    },
    jobs: { [REMOVE_FILES]: removeFiles(storage), [PRUNE_UPLOADS]: pruneUploads(database, clock, incoming) },
    crontab: [`*/15 * * * * ${PRUNE_UPLOADS} ?max=1`],
    forget: forgetAssets,
    assets,
    links,
  }
}
