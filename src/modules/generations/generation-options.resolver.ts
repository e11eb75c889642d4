import { Query, Resolver } from 'type-graphql'
import { Open } from '../../platform/graphql/marks.js'
import { GenerationOptions } from './generation-options.type.js'
import { PROMPT } from './generation-size-bounds.js'
import { generationSizes } from './generation-sizes.js'
import { generationStyles } from './generation-styles.js'
import type { ImageProviders } from './image-providers.js'

@Resolver(() => GenerationOptions)
export class GenerationOptionsResolver {
  constructor(private readonly providers: Pick<ImageProviders, 'models'>) {}

  @Open()
  @Query(() => GenerationOptions, { description: 'What can be chosen for a generation. For everybody.' })
  generationOptions(): GenerationOptions {
    return {
      models: this.providers.models,
      styles: generationStyles,
      sizes: generationSizes,
      maxPromptLength: PROMPT.max,
    }
  }
}
