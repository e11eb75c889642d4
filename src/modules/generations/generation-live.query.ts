import type { Viewer } from '../../kernel/viewer.js'
import type { Selection } from '../../platform/database/selection.js'
import type { EventStreams } from '../../platform/events/event-streams.js'
import type { GenerationQuery } from './generation.query.js'
import type { Generation } from './generation.type.js'
import { isFinal } from './generation-lifecycle.js'
import { generationStream } from './generation-lock.js'
import { latestStates } from './latest-states.js'

export class GenerationLive {
  constructor(
    private readonly streams: Pick<EventStreams, 'followSignals'>,
    private readonly generations: GenerationQuery,
  ) {}

  /** The generation as it is now, then after each change, to its end. Each time it is read anew, with the viewer's rights. @throws NOT_FOUND */
  async follow(viewer: Viewer, id: string, selection: Selection): Promise<AsyncIterableIterator<Generation>> {
    const read = () => this.generations.byId(viewer, id, selection)
    const signals = await this.streams.followSignals(generationStream(id))
    try {
      return latestStates({ signals, first: await read(), read, isLast: ({ status }) => isFinal(status) })
    } catch (error) {
      await signals.return?.()
      throw error
    }
  }
}
