import type { Platform } from '../../platform/platform.js'
import type { Room } from '../../platform/room.js'
import type { AssetStore } from '../assets/index.js'
import type { Quota } from '../plans/index.js'
import { CompletedGenerations } from './completed-generations.query.js'
import { DRAW_JOB } from './draw-job.js'
import type { GenerationListener } from './ended-generation.js'
import { GenerationQuery } from './generation.query.js'
import { GenerationResolver } from './generation.resolver.js'
import { GenerationCancellation } from './generation-cancellation.service.js'
import { GenerationDrawing } from './generation-drawing.job.js'
import { forgetGenerations } from './generation-forgetting.js'
import { GenerationLive } from './generation-live.query.js'
import { GenerationLiveResolver } from './generation-live.resolver.js'
import { GenerationOptionsResolver } from './generation-options.resolver.js'
import { GenerationRatingResolver } from './generation-rating.resolver.js'
import { GenerationRating } from './generation-rating.service.js'
import { GenerationRequest } from './generation-request.service.js'
import { GenerationSteps } from './generation-steps.service.js'
import { GenerationSweep } from './generation-sweep.job.js'
import { ImageMaking } from './image-making.js'
import type { ImageProvider } from './image-provider.js'
import { ImageProviders } from './image-providers.js'
import { posterProvider } from './poster-provider.js'
import { UserGenerationsResolver } from './user-generations.resolver.js'

export interface GenerationsRoomDeps {
  readonly assets: AssetStore
  readonly quota: Quota
  /** What makes the images, the preferred one first; the built-in one unless told. */
  readonly providers?: readonly ImageProvider[]
}

export interface GenerationsDoor {
  readonly generations: CompletedGenerations
  /** Has `listener` hear of every generation that ends by itself, in the transaction that ends it. Register at start. */
  onGenerationEnd(listener: GenerationListener): void
}

/** From words to stored images: requests, the worker that has them drawn, and their history. */
export function createGenerationsRoom(
  platform: Platform,
  { assets, quota, providers: given = [posterProvider] }: GenerationsRoomDeps,
): Room & GenerationsDoor {
  const providers = new ImageProviders(given)
  const { database, clock, streams, cursors, limits } = platform
  const query = new GenerationQuery({ database, cursors })
  const request = new GenerationRequest({ database, clock, quota, providers, limits })
  const listeners: GenerationListener[] = []
  const announce: GenerationListener = async (tx, generation) => {
    for (const listener of listeners) await listener(tx, generation)
  }
  const steps = new GenerationSteps({ database, clock, streams, assets, quota, announce })
  const images = new ImageMaking({ database, clock, assets, providers })
  const drawing = new GenerationDrawing(steps, images)
  const sweep = new GenerationSweep({ database, clock, steps, images })
  const cancellation = new GenerationCancellation({ database, clock, streams, quota })
  return {
    resolvers: [
      new GenerationOptionsResolver(providers),
      new GenerationResolver(query, request, cancellation),
      new GenerationRatingResolver(query, new GenerationRating({ database, streams })),
      new GenerationLiveResolver(new GenerationLive(streams, query)),
      new UserGenerationsResolver(query),
    ],
    jobs: {
      [DRAW_JOB]: (payload, job) => drawing.run(payload, job),
      'sweep-generations': () => sweep.run(),
    },
    crontab: ['*/5 * * * * sweep-generations ?max=1'],
    forget: forgetGenerations({ streams, assets }),
    generations: new CompletedGenerations(),
    onGenerationEnd: (listener) => listeners.push(listener),
  }
}
