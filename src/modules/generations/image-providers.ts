import { inputError } from '../../kernel/domain-error.js'
import { type ImageProvider, ImageRefusal } from './image-provider.js'

/** The providers that are set up, in order of preference. */
export class ImageProviders {
  readonly models: readonly string[]

  constructor(private readonly providers: readonly ImageProvider[]) {
    this.models = providers.flatMap(({ models }) => [...models])
  }

  /** The model to use for a request: the one it names, or the best. @throws BAD_USER_INPUT for one that is not offered */
  choose(wanted: string | null | undefined): string {
    const model = wanted ?? this.models[0]
    if (model === undefined || !this.models.includes(model))
      throw inputError([{ path: 'input.model', message: `must be one of ${this.models.join(', ')}` }])
    return model
  }

  /** @throws ImageRefusal when nobody runs the model any more */
  of(model: string): ImageProvider {
    const provider = this.providers.find(({ models }) => models.includes(model))
    if (!provider) throw new ImageRefusal('PROVIDER_ERROR', `the model ${model} is not offered any more`)
    return provider
  }
}
