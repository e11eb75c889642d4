import { one, Shape, value } from '../../platform/database/shape.js'
import { publicProfileShape, userShape } from '../users/index.js'

export const assetShape = new Shape('assets', ['id'], {
  id: value('id'),
  fileName: value('file_name'),
  contentType: value('content_type'),
  byteSize: value('byte_size'),
  width: value('width'),
  height: value('height'),
  createdAt: value('created_at'),
})

const avatar = one(
  () => assetShape,
  (user, asset) => `${asset}.id = ${user}.avatar_id`,
)

userShape.extend({ avatar })
publicProfileShape.extend({ avatar })
