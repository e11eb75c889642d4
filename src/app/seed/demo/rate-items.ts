import type { DemoItem } from './demo-items.js'
import type { DemoRows } from './demo-rows.js'

/** Makes every item's rating the average of its reviews. */
export function rateItems(items: readonly DemoItem[], { reviews }: DemoRows): void {
  for (const { id, row } of items) {
    const ratings = reviews.filter(({ itemId }) => itemId === id).map(({ rating }) => rating)
    row.reviewCount = ratings.length
    row.rating = ratings.length === 0 ? 0 : ratings.reduce((sum, rating) => sum + rating, 0) / ratings.length
  }
}
