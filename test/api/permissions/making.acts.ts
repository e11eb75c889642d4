import type { Acts } from './acts.js'

const wanted = { input: { prompt: 'A red bicycle', width: 256, height: 256 } }

/** Pictures and designs. */
export const makingActs: Acts = {
  'Query.generationOptions': {},
  'Query.generation': { args: ({ standing }) => ({ id: standing.generation }) },
  'Mutation.createGeneration': { args: () => wanted, usesUpCaller: true },
  'Mutation.cancelGeneration': { args: async (world) => ({ id: await world.addGeneration('PENDING') }) },
  'Mutation.retryGeneration': { args: async (world) => ({ id: await world.addGeneration('FAILED') }) },
  'Mutation.rateGeneration': { args: ({ standing }) => ({ id: standing.generation, isLiked: true }) },
  'Subscription.generationUpdated': { args: async (world) => ({ id: await world.addGeneration('PENDING') }) },
  'Mutation.createUpload': {
    args: () => ({ purpose: 'CHAT_ATTACHMENT', fileName: 'photo.jpg', contentType: 'image/jpeg', byteSize: 1 }),
  },
  'Query.plans': {},
  'Query.marketplaceItems': {},
  'Query.marketplaceItem': { args: ({ standing }) => ({ id: standing.item }) },
  'Query.marketplaceItem/DRAFT': { args: ({ standing }) => ({ id: standing.draft }) },
  'Query.favorites': {},
  'Mutation.setFavorite': { args: ({ standing }) => ({ itemId: standing.item, favorite: true }) },
  'Mutation.setFavorite/DRAFT': { args: ({ standing }) => ({ itemId: standing.draft, favorite: true }) },
}
