import { IsDivisibleBy, IsIn, Max, Min } from 'class-validator'
import { Field, InputType, Int } from 'type-graphql'
import { Text } from '../../platform/graphql/text-rule.js'
import { IMAGES, PROMPT, SIDE } from './generation-size-bounds.js'
import { generationStyles } from './generation-styles.js'
import { imageModels } from './image-models.js'

const STYLE_IDS = generationStyles.map(({ id }) => id)
const BETWEEN = { message: `must be between ${SIDE.min} and ${SIDE.max}` }
const MULTIPLE = { message: `must be a multiple of ${SIDE.multipleOf}` }
const COUNT = { message: `must be between ${IMAGES.min} and ${IMAGES.max}` }

@InputType({ description: 'What to draw.' })
export class CreateGenerationInput {
  @Field(() => String, { description: 'What the advertisement shows and says, in any language; 3 to 1000 characters.' })
  @Text(PROMPT)
  prompt!: string

  @Field(() => String, { nullable: true, description: 'What must not be in the picture; up to 1000 characters.' })
  @Text({ min: 0, max: PROMPT.max })
  negativePrompt?: string | null

  @Field(() => String, {
    nullable: true,
    description: 'The id of one of `generationOptions.styles`. Absent: the model’s own choice.',
  })
  @IsIn(STYLE_IDS, { message: `must be one of ${STYLE_IDS.join(', ')}` })
  style?: string | null

  @Field(() => String, {
    nullable: true,
    description: 'One of `generationOptions.models`; the first of them when absent.',
  })
  @IsIn(imageModels, { message: `must be one of ${imageModels.join(', ')}` })
  model?: string | null

  @Field(() => Int, { defaultValue: SIDE.usual, description: 'In pixels, 256 to 2048, a multiple of 64.' })
  @Min(SIDE.min, BETWEEN)
  @Max(SIDE.max, BETWEEN)
  @IsDivisibleBy(SIDE.multipleOf, MULTIPLE)
  width!: number

  @Field(() => Int, { defaultValue: SIDE.usual, description: 'In pixels, 256 to 2048, a multiple of 64.' })
  @Min(SIDE.min, BETWEEN)
  @Max(SIDE.max, BETWEEN)
  @IsDivisibleBy(SIDE.multipleOf, MULTIPLE)
  height!: number

  @Field(() => Int, {
    defaultValue: 1,
    description: 'How many different images, 1 to 4. Each takes one from the plan’s quota.',
  })
  @Min(IMAGES.min, COUNT)
  @Max(IMAGES.max, COUNT)
  imageCount!: number

  @Field(() => Boolean, {
    defaultValue: false,
    description: 'Whether the prompt may be put into better words first; see `Generation.enhancedPrompt`.',
  })
  enhancePrompt!: boolean

  @Field(() => String, {
    nullable: true,
    description:
      '1 to 64 characters. A repeat under the same key within 24 hours answers with the first generation; with another input it is IDEMPOTENCY_CONFLICT.',
  })
  @Text({ max: 64 })
  idempotencyKey?: string | null
}
