/** Why a webhook is not accepted. Its message is shown to the sender. */
export class WebhookProblem extends Error {
  override readonly name = 'WebhookProblem'

  constructor(
    readonly status: 400 | 401 | 403 | 404 | 413 | 503,
    message: string,
  ) {
    super(message)
  }
}
