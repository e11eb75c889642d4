import { Shape, value } from '../../platform/database/shape.js'

export const publicProfileShape = new Shape('users', ['id'], {
  id: value('id'),
  displayName: value('display_name'),
  role: value('role'),
  createdAt: value('created_at'),
})
