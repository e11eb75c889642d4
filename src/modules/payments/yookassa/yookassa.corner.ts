import type { Platform } from '../../../platform/platform.js'
import { YooKassaApi } from './yookassa-api.js'
import { YooKassaProvider } from './yookassa-provider.js'

/** YooKassa, where it is configured. */
export function createYooKassaCorner({ config, log }: Pick<Platform, 'config' | 'log'>) {
  const access = config.yookassa
  if (!access) return { adapters: [], close: async () => undefined }
  const api = new YooKassaApi(access, log)
  const shop = { vatCode: access.vatCode, returnUrl: config.publicUrl }
  return { adapters: [new YooKassaProvider(api, access, shop)], close: () => api.close() }
}
