export { reviewShape } from './review.shape.js'
export { Review, ReviewConnection } from './review.type.js'
export { createReviewsRoom, type ReviewsDeps } from './reviews.room.js'
