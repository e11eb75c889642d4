export { reviewShape } from './review.shape.js'
export { Review, ReviewConnection } from './review.type.js'
export type { ReviewListener, ReviewRecord } from './review-record.js'
export { createReviewsRoom, type ReviewsDeps, type ReviewsDoor } from './reviews.room.js'
