import { StoryProblem } from './story-problem.js'

interface Wait<Event> {
  readonly settle: (event: Event | StoryProblem) => void
  readonly isWanted: (event: Event) => boolean
}

/** What one subscription delivered so far, with waits that are bounded. */
export class LiveFeed<Event> {
  private readonly received: Event[] = []
  private problem: StoryProblem | null = null
  private waits: Wait<Event>[] = []

  constructor(private readonly name: string) {}

  add(event: Event): void {
    this.received.push(event)
    for (const { isWanted, settle } of this.waits) if (isWanted(event)) settle(event)
  }

  /** Nothing more will come, for this reason. */
  end(problem: StoryProblem): void {
    this.problem ??= problem
    for (const { settle } of this.waits) settle(this.problem)
  }

  /**
   * The first event that is wanted, whether it came already or is still to come.
   * @throws StoryProblem when it does not come within `limitMs`, or the subscription ends before
   */
  until(isWanted: (event: Event) => boolean, what: string, limitMs = 30_000): Promise<Event> {
    const known = this.received.find(isWanted)
    if (known !== undefined) return Promise.resolve(known)
    if (this.problem) return Promise.reject(this.problem)
    return new Promise((resolve, reject) => {
      const settle = (outcome: Event | StoryProblem) => {
        clearTimeout(timer)
        this.waits = this.waits.filter((other) => other !== wait)
        if (outcome instanceof StoryProblem) reject(outcome)
        else resolve(outcome)
      }
      const wait: Wait<Event> = { settle, isWanted }
      const timer = setTimeout(
        () => settle(new StoryProblem(`${this.name} delivered no ${what} within ${limitMs / 1_000} seconds.`)),
        limitMs,
      )
      this.waits.push(wait)
    })
  }
}
