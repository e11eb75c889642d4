/** Why the story cannot go on, in one sentence for a person. */
export class StoryProblem extends Error {
  constructor(
    message: string,
    /** The `extensions.code` of the server's answer, when it was the server that refused. */
    readonly code: string | null = null,
  ) {
    super(message)
    this.name = 'StoryProblem'
  }
}
