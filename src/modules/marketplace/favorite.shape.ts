import type { KeysetOrder } from '../../platform/database/read-shape.js'
import { itemShape } from './item.shape.js'

/** Items as somebody's favorites: whose, `fan_id`, and since when, `favorited_at`. */
export const favoriteShape = itemShape.over(
  '(select i.*, f.user_id as fan_id, f.created_at as favorited_at from favorites f join marketplace_items i on i.id = f.item_id)',
)

export const latestFavoriteFirst: KeysetOrder = {
  keys: [
    { column: 'favorited_at', type: 'timestamptz' },
    { column: 'id', type: 'uuid' },
  ],
  descending: true,
}
