import { newestFirst } from '../../platform/database/read-shape.js'
import { many, one, page, Shape, value } from '../../platform/database/shape.js'
import { assetShape } from '../assets/index.js'
import { itemShape } from '../marketplace/index.js'
import { orderShape } from '../orders/index.js'
import { publicProfileShape } from '../users/index.js'

export const reviewShape = new Shape('reviews', ['id', 'orderId'], {
  id: value('id'),
  orderId: value('order_id'),
  author: one(
    () => publicProfileShape,
    (review, profile) => `${profile}.id = ${review}.author_id`,
  ),
  rating: value('rating'),
  comment: value('comment'),
  photos: many(
    () => assetShape,
    'review_photos $p join assets $ on $.id = $p.asset_id',
    (review, asset) => `${asset}p.review_id = ${review}.id`,
    (asset) => `${asset}p.position`,
  ),
  reply: value('reply'),
  repliedAt: value('replied_at'),
  createdAt: value('created_at'),
  item: one(
    () => itemShape,
    (review, item) => `${item}.id = ${review}.item_id`,
  ),
})

itemShape.extend({
  reviews: page(
    () => reviewShape,
    (item, review) => `${review}.item_id = ${item}.id and ${review}.is_visible`,
    { keys: newestFirst.keys.map(({ column }) => column), descending: newestFirst.descending },
  ),
})

// Who took part in the order sees its review even when it was hidden from the public.
orderShape.extend({
  review: one(
    () => reviewShape,
    (order, review) => `${review}.order_id = ${order}.id`,
  ),
})
