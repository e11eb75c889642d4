import { generationStyles } from './generation-styles.js'
import type { ImageProvider } from './image-provider.js'
import { drawPoster } from './poster/index.js'

const GOOD_FOR_ANY_STYLE = 'рекламный плакат, чёткая композиция, высокая детализация'

/** Draws posters itself, from the words of the prompt. The same request gives the same picture, to the byte. */
export const posterProvider: ImageProvider = {
  models: ['adtime-poster'],
  enhance: (prompt, style) =>
    `${prompt}, ${generationStyles.find(({ id }) => id === style)?.words ?? GOOD_FOR_ANY_STYLE}`,
  start: async ({ position }) => `poster-${position}`,
  check: async (_handle, { prompt, negativePrompt, style, width, height, position }) => ({
    state: 'DONE',
    bytes: await drawPoster({
      prompt,
      ...(negativePrompt !== null && { negativePrompt }),
      ...(style !== null && { style }),
      width,
      height,
      seed: position,
    }),
  }),
}
