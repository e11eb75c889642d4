import { many, moneyValue, one, page, Shape, value } from '../../platform/database/shape.js'
import { assetShape } from '../assets/index.js'
import { publicProfileShape } from '../users/index.js'

export const itemShape = new Shape('marketplace_items', ['id'], {
  id: value('id'),
  title: value('title'),
  description: value('description'),
  productType: value('product_type'),
  status: value('status'),
  price: moneyValue('price_amount'),
  previews: many(
    () => assetShape,
    'item_previews $p join assets $ on $.id = $p.asset_id',
    (item, asset) => `${asset}p.item_id = ${item}.id`,
    (asset) => `${asset}p.position`,
  ),
  tags: value('tags'),
  print: value('print'),
  designer: one(
    () => publicProfileShape,
    (item, profile) => `${profile}.id = ${item}.designer_id`,
  ),
  rating: value('rating'),
  reviewCount: value('review_count'),
  salesCount: value('sales_count'),
  createdAt: value('created_at'),
  updatedAt: value('updated_at'),
})

/** A designer's items, newest first: ids are made in the order of time. */
export const profileItemsOrder = { keys: [{ column: 'id', type: 'uuid' }], descending: true } as const

publicProfileShape.extend({
  items: page(
    () => itemShape,
    (profile, item) => `${item}.designer_id = ${profile}.id and ${item}.status = 'PUBLISHED'`,
    { keys: profileItemsOrder.keys.map(({ column }) => column), descending: profileItemsOrder.descending },
  ),
  // The average over the reviews of all their items, not over the items: every review weighs the same.
  rating: value(
    (profile) =>
      `(select sum(${profile}i.rating * ${profile}i.review_count) / nullif(sum(${profile}i.review_count), 0) from marketplace_items ${profile}i where ${profile}i.designer_id = ${profile}.id)`,
  ),
})
