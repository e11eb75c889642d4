/** The documents of these tests, and what they answer. */

export interface Generation {
  readonly id: string
  readonly status: string
  readonly failure: string | null
  readonly prompt: string
  readonly negativePrompt: string | null
  readonly enhancedPrompt: string | null
  readonly style: string | null
  readonly model: string
  readonly width: number
  readonly height: number
  readonly imageCount: number
  readonly progress: number
  readonly isLiked: boolean | null
  readonly createdAt: string
  readonly startedAt: string | null
  readonly finishedAt: string | null
  readonly owner: { readonly id: string }
  readonly images: readonly Asset[]
}

export interface Asset {
  readonly id: string
  readonly url: string
  readonly contentType: string
  readonly byteSize: number
  readonly width: number | null
  readonly height: number | null
}

const GENERATION = `{
  id status failure prompt negativePrompt enhancedPrompt style model width height imageCount progress isLiked
  createdAt startedAt finishedAt
  owner { id }
  images { id url contentType byteSize width height }
}`

export const CREATE = `mutation Draw($input: CreateGenerationInput!) { createGeneration(input: $input) ${GENERATION} }`

export const READ = `query ReadGeneration($id: UUID!) { generation(id: $id) ${GENERATION} }`

export const CANCEL = `mutation CallOff($id: UUID!) { cancelGeneration(id: $id) ${GENERATION} }`

export const RETRY = `mutation DrawAgain($id: UUID!) { retryGeneration(id: $id) ${GENERATION} }`

export const RATE = `mutation Rate($id: UUID!, $isLiked: Boolean) { rateGeneration(id: $id, isLiked: $isLiked) { id isLiked } }`

export const UPDATED = `subscription Follow($id: UUID!) { generationUpdated(id: $id) ${GENERATION} }`

export const HISTORY = `query History($filter: GenerationFilter, $first: Int, $after: Cursor) {
  me {
    id
    generations(filter: $filter, first: $first, after: $after) {
      nodes { id prompt }
      edges { cursor node { id } }
      pageInfo { hasNextPage hasPreviousPage endCursor }
      totalCount
    }
  }
}`

export interface History {
  readonly me: {
    readonly generations: {
      readonly nodes: readonly { readonly id: string; readonly prompt: string }[]
      readonly edges: readonly { readonly cursor: string }[]
      readonly pageInfo: {
        readonly hasNextPage: boolean
        readonly hasPreviousPage: boolean
        readonly endCursor: string | null
      }
      readonly totalCount: number
    }
  }
}

export const LEFT = 'query Left { me { planSubscription { remainingGenerations } } }'

export interface Left {
  readonly me: { readonly planSubscription: { readonly remainingGenerations: number } }
}
