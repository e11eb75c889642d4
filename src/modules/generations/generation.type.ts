import { Field, Float, Int, ObjectType } from 'type-graphql'
import { GenerationFailure, GenerationStatus } from '../../generated/prisma/enums.js'
import { connectionOf } from '../../platform/graphql/connection.type.js'
import { describeEnum } from '../../platform/graphql/describe-enum.js'
import { DateTime, UUID } from '../../platform/graphql/scalars.js'
import { Asset } from '../assets/index.js'
import { User } from '../users/index.js'

describeEnum(GenerationStatus, 'GenerationStatus', 'Where a generation stands.', {
  PENDING: 'Waits for a worker.',
  PROCESSING: 'Is being drawn.',
  COMPLETED: 'All its images are stored. Final.',
  FAILED: 'Nothing came of it; `failure` says why, and its quota was given back. Final.',
  CANCELLED: 'Its owner called it off; its quota was given back. Final.',
})

describeEnum(GenerationFailure, 'GenerationFailure', 'Why a generation failed.', {
  PROVIDER_ERROR: 'The image provider failed, again and again.',
  TIMEOUT: 'The image provider took too long.',
  CENSORED: 'The image provider refuses this prompt. Another wording may pass.',
  INVALID_RESPONSE: 'The image provider answered with something that is no picture.',
})

@ObjectType({
  description: 'A request for images in words, and what became of it. For its owner and staff.',
  simpleResolvers: true,
})
export class Generation {
  @Field(() => UUID, { description: 'Ids sort by the time of the request.' })
  id!: string

  @Field(() => User, { description: 'Who asked for it.' })
  owner!: User

  @Field(() => GenerationStatus, { description: 'Follow it with `generationUpdated`.' })
  status!: GenerationStatus

  @Field(() => GenerationFailure, { nullable: true, description: 'Only when FAILED.' })
  failure!: GenerationFailure | null

  @Field(() => String, { description: 'What was asked for, 3 to 1000 characters.' })
  prompt!: string

  @Field(() => String, { nullable: true, description: 'What must not be in the picture.' })
  negativePrompt!: string | null

  @Field(() => String, {
    nullable: true,
    description: 'The prompt as it was enhanced; null when that was not asked for or the model does not do it.',
  })
  enhancedPrompt!: string | null

  @Field(() => String, { nullable: true, description: 'The id of one of `generationOptions.styles`.' })
  style!: string | null

  @Field(() => String, { description: 'One of `generationOptions.models`.' })
  model!: string

  @Field(() => Int, { description: 'Of each image, in pixels.' })
  width!: number

  @Field(() => Int, { description: 'Of each image, in pixels.' })
  height!: number

  @Field(() => Int, { description: 'How many images were asked for, 1 to 4.' })
  imageCount!: number

  @Field(() => [Asset], { description: 'Empty until COMPLETED, then `imageCount` of them.' })
  images!: readonly Asset[]

  @Field(() => Float, {
    description:
      'From 0 to 1; 1 exactly when COMPLETED. It stays where it was when the generation fails or is cancelled.',
  })
  progress!: number

  @Field(() => Boolean, { nullable: true, description: 'The owner’s opinion; null while they have none.' })
  isLiked!: boolean | null

  @Field(() => DateTime, { description: 'When it was asked for.' })
  createdAt!: string

  @Field(() => DateTime, { nullable: true, description: 'When a worker took it; null before.' })
  startedAt!: string | null

  @Field(() => DateTime, { nullable: true, description: 'When it became COMPLETED, FAILED or CANCELLED; null before.' })
  finishedAt!: string | null
}

export const GenerationConnection = connectionOf(Generation, 'Generation')
