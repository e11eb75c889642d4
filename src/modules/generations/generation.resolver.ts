import type { GraphQLResolveInfo } from 'graphql'
import { Arg, Ctx, Info, Mutation, Query, Resolver } from 'type-graphql'
import type { Context } from '../../platform/graphql/context.js'
import { Can } from '../../platform/graphql/marks.js'
import { UUID } from '../../platform/graphql/scalars.js'
import { selectionOf } from '../../platform/graphql/selection-of.js'
import { CreateGenerationInput } from './create-generation.input.js'
import type { GenerationQuery } from './generation.query.js'
import { Generation } from './generation.type.js'
import type { GenerationCancellation } from './generation-cancellation.service.js'
import type { GenerationRequest } from './generation-request.service.js'

@Resolver(() => Generation)
export class GenerationResolver {
  constructor(
    private readonly generations: GenerationQuery,
    private readonly request: GenerationRequest,
    private readonly cancellation: GenerationCancellation,
  ) {}

  @Can('generation.read')
  @Query(() => Generation, {
    nullable: true,
    description: 'A generation of yours; any for staff. NOT_FOUND when there is none or it is somebody else’s.',
  })
  generation(
    @Arg('id', () => UUID, { description: 'Of the generation.' }) id: string,
    @Ctx() context: Context,
    @Info() info: GraphQLResolveInfo,
  ): Promise<Generation> {
    return this.generations.byId(context.viewer, id, selectionOf(info))
  }

  @Can('generation.create')
  @Mutation(() => Generation, {
    description:
      'Asks for images and answers at once, with a PENDING generation; follow it with `generationUpdated`. Takes the images off the plan’s quota: QUOTA_EXCEEDED when less is left; RATE_LIMITED after 10 in a minute, by account and by address.',
  })
  async createGeneration(
    @Arg('input', () => CreateGenerationInput, { description: 'What to draw.' }) input: CreateGenerationInput,
    @Ctx() context: Context,
    @Info() info: GraphQLResolveInfo,
  ): Promise<Generation> {
    const { id, isRepeat } = await this.request.create(context.viewer, input, context)
    const generation = await this.generations.byId(context.viewer, id, selectionOf(info))
    return isRepeat ? generation : asRequested(generation)
  }

  @Can('generation.create')
  @Mutation(() => Generation, {
    description:
      'Calls off one that is PENDING or PROCESSING and gives its quota back. INVALID_TRANSITION when it is finished. For its owner.',
  })
  async cancelGeneration(
    @Arg('id', () => UUID, { description: 'Of the generation.' }) id: string,
    @Ctx() context: Context,
    @Info() info: GraphQLResolveInfo,
  ): Promise<Generation> {
    await this.cancellation.cancel(context.viewer, id)
    return this.generations.byId(context.viewer, id, selectionOf(info))
  }

  @Can('generation.create')
  @Mutation(() => Generation, {
    description:
      'Starts a new generation with the wishes of one that FAILED; any other is INVALID_TRANSITION. Takes quota, and is limited, as `createGeneration` is. For its owner.',
  })
  async retryGeneration(
    @Arg('id', () => UUID, { description: 'Of the failed generation.' }) id: string,
    @Ctx() context: Context,
    @Info() info: GraphQLResolveInfo,
  ): Promise<Generation> {
    const newId = await this.request.retry(context.viewer, id, context)
    return asRequested(await this.generations.byId(context.viewer, newId, selectionOf(info)))
  }
}

/** The answer to a request is what was requested, however quickly a worker has begun since. */
const asRequested = (generation: Generation): Generation => ({
  ...generation,
  status: 'PENDING',
  failure: null,
  progress: 0,
  images: [],
  startedAt: null,
  finishedAt: null,
})
