import type { GraphQLResolveInfo } from 'graphql'
import { Args, ArgsType, Ctx, Field, Info, Mutation, Resolver } from 'type-graphql'
import type { Context } from '../../platform/graphql/context.js'
import { Can } from '../../platform/graphql/marks.js'
import { UUID } from '../../platform/graphql/scalars.js'
import { selectionOf } from '../../platform/graphql/selection-of.js'
import type { GenerationQuery } from './generation.query.js'
import { Generation } from './generation.type.js'
import type { GenerationRating } from './generation-rating.service.js'

@ArgsType()
class RateGenerationArgs {
  @Field(() => UUID, { description: 'Of the generation.' })
  id!: string

  @Field(() => Boolean, { nullable: true, description: 'Null takes the opinion back.' })
  isLiked?: boolean | null
}

@Resolver(() => Generation)
export class GenerationRatingResolver {
  constructor(
    private readonly generations: GenerationQuery,
    private readonly rating: GenerationRating,
  ) {}

  @Can('generation.create')
  @Mutation(() => Generation, {
    description: 'Keeps what its owner thinks of a generation. Can be changed at any time.',
  })
  async rateGeneration(
    @Args(() => RateGenerationArgs) { id, isLiked }: RateGenerationArgs,
    @Ctx() context: Context,
    @Info() info: GraphQLResolveInfo,
  ): Promise<Generation> {
    await this.rating.rate(context.viewer, id, isLiked ?? null)
    return this.generations.byId(context.viewer, id, selectionOf(info))
  }
}
