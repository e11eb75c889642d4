import { Shape, value } from '../../../platform/database/shape.js'

export const factoryKeyShape = new Shape('factory_keys', ['id'], {
  id: value('id'),
  prefix: value('prefix'),
  createdAt: value('created_at'),
  lastUsedAt: value('last_used_at'),
  revokedAt: value('revoked_at'),
})
