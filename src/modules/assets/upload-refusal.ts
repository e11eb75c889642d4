/** Why a file that was sent does not become an asset, as an HTTP status and words for who sent it. */
export class UploadRefusal extends Error {
  override readonly name = 'UploadRefusal'

  constructor(
    readonly status: 400 | 403 | 409 | 410 | 411 | 413 | 415 | 422,
    message: string,
    cause?: unknown,
  ) {
    super(message, { cause })
  }
}
