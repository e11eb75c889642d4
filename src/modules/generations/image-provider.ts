import type { GenerationFailure } from '../../generated/prisma/enums.js'

/** One image to be made. */
export interface ImageRequest {
  readonly model: string
  readonly prompt: string
  readonly enhancedPrompt: string | null
  readonly negativePrompt: string | null
  /** An id from the catalogue of styles. */
  readonly style: string | null
  /** In pixels. */
  readonly width: number
  readonly height: number
  /** Which of several images of the same request it is, from 0. They should differ. */
  readonly position: number
}

export type ImageTaskState =
  /** `fraction` is 0 to 1, as far as the provider tells; ask again after `checkAgainIn` milliseconds. */
  | { readonly state: 'WORKING'; readonly fraction: number; readonly checkAgainIn: number }
  /** The picture, as PNG or JPEG. It may be handed out only once. */
  | { readonly state: 'DONE'; readonly bytes: Uint8Array }

/**
 * What makes images. A task is started, and asked after until it is done; what it is known by is stored in between, so that another worker can go on
 * asking. Both calls throw `ImageRefusal` when trying again is no use; any other error is a passing one, and the call is repeated later.
 */
export interface ImageProvider {
  /** The models it runs, its best first. */
  readonly models: readonly string[]
  /** The prompt in better words; null when the provider does not do that. */
  enhance(prompt: string, style: string | null): string | null
  /** @returns a handle: what the provider knows the task by */
  start(request: ImageRequest): Promise<string>
  check(handle: string, request: ImageRequest): Promise<ImageTaskState>
}

/** The provider will not make this image, however often it is asked. */
export class ImageRefusal extends Error {
  override readonly name = 'ImageRefusal'

  constructor(
    readonly failure: GenerationFailure,
    message: string,
  ) {
    super(message)
  }
}
