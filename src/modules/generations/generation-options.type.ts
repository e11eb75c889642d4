import { Field, Int, ObjectType } from 'type-graphql'
import { URLScalar } from '../../platform/graphql/scalars.js'

@ObjectType({ description: 'A way to draw.', simpleResolvers: true })
export class GenerationStyle {
  @Field(() => String, { description: 'What `CreateGenerationInput.style` takes.' })
  id!: string

  @Field(() => String, { description: 'Its name for people, in Russian.' })
  name!: string

  @Field(() => URLScalar, { nullable: true, description: 'A picture in this style; null when there is none.' })
  previewUrl?: string | null
}

@ObjectType({ description: 'A usual size. Others are allowed too.', simpleResolvers: true })
export class GenerationSize {
  @Field(() => String, { description: 'The ratio of its sides: "16:9".' })
  id!: string

  @Field(() => String, { description: 'Its name for people, in Russian.' })
  name!: string

  @Field(() => Int, { description: 'In pixels.' })
  width!: number

  @Field(() => Int, { description: 'In pixels.' })
  height!: number
}

@ObjectType({ description: 'What can be chosen for a generation.', simpleResolvers: true })
export class GenerationOptions {
  @Field(() => [String], { description: 'The image models on offer; the first is used when none is named.' })
  models!: readonly string[]

  @Field(() => [GenerationStyle], { description: 'The styles on offer.' })
  styles!: readonly GenerationStyle[]

  @Field(() => [GenerationSize], { description: 'The usual sizes.' })
  sizes!: readonly GenerationSize[]

  @Field(() => Int, { description: 'In characters.' })
  maxPromptLength!: number
}
