/** Every image model that a provider of ours can run. Which of them are offered depends on the providers that are set up. */
export const imageModels = ['adtime-poster'] as const
