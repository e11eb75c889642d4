import { ArrayMaxSize, ValidateNested } from 'class-validator'
import { ArgsType, Field, InputType } from 'type-graphql'
import { GenerationStatus } from '../../generated/prisma/enums.js'
import { ForwardPageArgs } from '../../platform/graphql/connection.type.js'
import { DateTime } from '../../platform/graphql/scalars.js'
import { Text } from '../../platform/graphql/text-rule.js'

@InputType({ description: 'Narrows a list of generations; whatever is given has to hold.' })
export class GenerationFilter {
  @Field(() => [GenerationStatus], {
    nullable: true,
    description: 'Any of these, up to 10; an empty list is no restriction.',
  })
  @ArrayMaxSize(10, { message: 'must have at most 10 entries' })
  status?: GenerationStatus[] | null

  @Field(() => Boolean, { nullable: true, description: 'Liked (true) or disliked (false) by the owner.' })
  isLiked?: boolean | null

  @Field(() => String, {
    nullable: true,
    description: 'Words that the prompt contains, in any case; up to 100 characters.',
  })
  @Text({ min: 0, max: 100 })
  search?: string | null

  @Field(() => DateTime, { nullable: true, description: 'Asked for at this moment or later.' })
  createdAfter?: Date | null

  @Field(() => DateTime, { nullable: true, description: 'Asked for before this moment.' })
  createdBefore?: Date | null
}

@ArgsType()
export class GenerationsArgs extends ForwardPageArgs {
  @Field(() => GenerationFilter, { nullable: true, description: 'Absent: all of them.' })
  @ValidateNested()
  filter?: GenerationFilter | null
}
