import { many, one, page, Shape, value } from '../../platform/database/shape.js'
import { assetShape } from '../assets/index.js'
import { userShape } from '../users/index.js'

export const generationShape = new Shape('generations', ['id', 'status'], {
  id: value('id'),
  status: value('status'),
  failure: value('failure'),
  prompt: value('prompt'),
  negativePrompt: value('negative_prompt'),
  enhancedPrompt: value('enhanced_prompt'),
  style: value('style'),
  model: value('model'),
  width: value('width'),
  height: value('height'),
  imageCount: value('image_count'),
  progress: value('progress'),
  isLiked: value('is_liked'),
  createdAt: value('created_at'),
  startedAt: value('started_at'),
  finishedAt: value('finished_at'),
  owner: one(
    () => userShape,
    (generation, user) => `${user}.id = ${generation}.owner_id`,
  ),
  images: many(
    () => assetShape,
    'generation_images $_image join assets $ on $.id = $_image.asset_id',
    (generation, asset) => `${asset}_image.generation_id = ${generation}.id`,
    (asset) => `${asset}_image.position`,
  ),
})

/** Newest first: ids sort by time. */
export const generationHistory = { keys: ['id'], descending: true } as const

userShape.extend({
  generations: page(
    () => generationShape,
    (user, generation) => `${generation}.owner_id = ${user}.id`,
    generationHistory,
  ),
})
