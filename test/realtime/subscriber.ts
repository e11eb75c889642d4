import { createClient } from 'graphql-ws'
import WebSocket from 'ws'
import type { SeededRandom } from '../simulators/seeded-random.js'
import type { GraphqlFailure } from '../testkit/client.js'

/** What a stream is followed with: a document with the variable `$after`, and how to read what it delivers. */
export interface Following {
  /** As the database names it. */
  readonly stream: string
  readonly query: string
  readonly variables: Readonly<Record<string, unknown>>
  /** What tells one event from another. */
  readonly nameOf: (delivered: never) => string
}

interface SubscriberOptions {
  readonly following: Following
  readonly urls: readonly string[]
  readonly token: string
  /** From where on; null for from now on. */
  readonly after: string | null
  readonly random: SeededRandom
}

const FINAL = ['UNAUTHENTICATED', 'FORBIDDEN', 'NOT_FOUND', 'BAD_USER_INPUT', 'CURSOR_EXPIRED']

interface Delivered {
  readonly cursor: string
}

/**
 * A client as the README describes it: it keeps the cursor of the last event, and after whatever happens subscribes again
 * after it, at whichever replica it gets.
 */
export class Subscriber {
  /** The names of all events it was given, in the order they came. */
  readonly heard: string[] = []
  /** Why it was refused for good. */
  refusal: GraphqlFailure | undefined
  reconnects = -1
  private after: string | null
  private isOver = false
  private hangUp = () => {}
  private readonly over: Promise<void>

  constructor(private readonly options: SubscriberOptions) {
    this.after = options.after
    this.over = this.follow()
  }

  get stream(): string {
    return this.options.following.stream
  }

  async stop(): Promise<void> {
    this.isOver = true
    this.hangUp()
    await this.over
  }

  private async follow(): Promise<void> {
    const { random, urls } = this.options
    while (!this.isOver && !this.refusal) {
      this.reconnects++
      await this.followOnce(urls[random.below(urls.length)] ?? '')
      if (!this.isOver) await new Promise((resolve) => setTimeout(resolve, 50 + random.below(450)))
    }
  }

  private followOnce(url: string): Promise<void> {
    const { following, token } = this.options
    const client = createClient({
      url: `${url.replace('http', 'ws')}/graphql`,
      webSocketImpl: WebSocket,
      retryAttempts: 0,
      connectionParams: { authorization: `Bearer ${token}` },
      keepAlive: 5_000,
      onNonLazyError: () => undefined,
    })
    return new Promise((resolve) => {
      const end = () => {
        this.hangUp = () => {}
        void client.dispose()
        resolve()
      }
      this.hangUp = end
      client.subscribe<Record<string, Delivered>>(
        { query: following.query, variables: { ...following.variables, after: this.after } },
        {
          next: ({ data, errors }) => {
            // An event that could not be read is asked for again: what comes after it must not hide it.
            if (errors || !data) return this.fail(errors as unknown as GraphqlFailure[], end)
            const [delivered] = Object.values(data)
            if (!delivered || this.isOver) return undefined
            this.after = delivered.cursor
            this.heard.push(following.nameOf(delivered as never))
            return undefined
          },
          error: (error) => this.fail(Array.isArray(error) ? error : [], end),
          complete: end,
        },
      )
    })
  }

  private fail(errors: readonly GraphqlFailure[] = [], end: () => void): void {
    this.refusal ??= errors.find(({ extensions }) => FINAL.includes(extensions?.code))
    end()
  }
}
