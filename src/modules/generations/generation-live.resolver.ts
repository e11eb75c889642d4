import type { GraphQLResolveInfo } from 'graphql'
import { Arg, Resolver, Root, Subscription } from 'type-graphql'
import type { Context } from '../../platform/graphql/context.js'
import { Can } from '../../platform/graphql/marks.js'
import { UUID } from '../../platform/graphql/scalars.js'
import { selectionOf } from '../../platform/graphql/selection-of.js'
import { subscribeWith } from '../../platform/graphql/subscribe-with.js'
import { Generation } from './generation.type.js'
import type { GenerationLive } from './generation-live.query.js'

@Resolver(() => Generation)
export class GenerationLiveResolver {
  constructor(private readonly live: GenerationLive) {}

  @Can('generation.read')
  @Subscription(() => Generation, {
    subscribe: subscribeWith(() => GenerationLiveResolver, 'follow'),
    description:
      'A generation as it is now, then after each change of what was selected; completes after COMPLETED, FAILED or CANCELLED. For its owner and staff; NOT_FOUND to others.',
  })
  generationUpdated(
    @Root() generation: Generation,
    @Arg('id', () => UUID, { description: 'Of the generation.' }) _id: string,
  ): Generation {
    return generation
  }

  follow(
    { id }: { readonly id: string },
    { viewer }: Context,
    info: GraphQLResolveInfo,
  ): Promise<AsyncIterable<Generation>> {
    return this.live.follow(viewer, id, selectionOf(info))
  }
}
