import { randomBytes } from 'node:crypto'
import { createClient } from 'graphql-ws'
import WebSocket from 'ws'
import type { RunningServer } from '../../src/app/server.js'

export interface GraphqlFailure {
  readonly message: string
  readonly path?: readonly (string | number)[]
  readonly extensions: {
    readonly code: string
    readonly fields?: readonly { readonly path: string; readonly message: string }[]
    readonly retryAfter?: number
    readonly requestId?: string
  }
}

export interface GraphqlAnswer<Data> {
  readonly status: number
  readonly data: Data | null
  readonly errors: readonly GraphqlFailure[]
}

/** Documents typed by codegen carry their result and variables. */
export interface TypedDocument<Data, Variables> {
  toString(): string
  readonly __apiType?: (variables: Variables) => Data
}

/** A private address at random. */
export const someAddress = (): string => ['10', ...randomBytes(3)].join('.')

/** A client of one account; `token` null is a visitor. */
export class TestClient {
  constructor(
    private readonly server: Pick<RunningServer, 'url'>,
    readonly token: string | null = null,
    private readonly headers: Readonly<Record<string, string>> = {},
    /** The address that the server sees. */
    readonly address = someAddress(),
  ) {}

  /** The answer as it came, errors and all. */
  async ask<Data = Record<string, never>, Variables = Record<string, unknown>>(
    document: TypedDocument<Data, Variables> | string,
    variables?: Variables,
  ): Promise<GraphqlAnswer<Data>> {
    const response = await fetch(`${this.server.url}/graphql`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'x-forwarded-for': this.address,
        ...(this.token && { authorization: `Bearer ${this.token}` }),
        ...this.headers,
      },
      body: JSON.stringify({ query: String(document), variables }),
      signal: AbortSignal.timeout(20_000),
    })
    const { data = null, errors = [] } = (await response.json()) as { data?: Data | null; errors?: GraphqlFailure[] }
    return { status: response.status, data, errors }
  }

  /** The data. @throws with the errors' messages when there are any */
  async get<Data = Record<string, never>, Variables = Record<string, unknown>>(
    document: TypedDocument<Data, Variables> | string,
    variables?: Variables,
  ): Promise<Data> {
    const { data, errors } = await this.ask(document, variables)
    if (errors.length > 0 || data === null) throw new Error(`the operation failed: ${JSON.stringify(errors)}`)
    return data
  }

  /** The first error's code, or 'ok'. */
  async codeOf<Data, Variables>(
    document: TypedDocument<Data, Variables> | string,
    variables?: Variables,
  ): Promise<string> {
    const { errors } = await this.ask(document, variables)
    return errors[0]?.extensions.code ?? 'ok'
  }

  /** Opens a subscription on a socket of its own. Close it, or the file leaks. */
  subscribe<Data, Variables>(
    document: TypedDocument<Data, Variables> | string,
    variables?: Variables,
  ): TestSubscription<Data> {
    return new TestSubscription<Data>(
      this.server.url,
      this.token,
      String(document),
      variables as Record<string, unknown> | undefined,
    )
  }
}

/** What one subscription received so far, with waits that are bounded. */
export class TestSubscription<Data> {
  readonly received: Data[] = []
  readonly errors: GraphqlFailure[] = []
  isOver = false
  private readonly client
  private wake = () => {}

  constructor(url: string, token: string | null, query: string, variables?: Record<string, unknown>) {
    this.client = createClient({
      url: `${url.replace('http', 'ws')}/graphql`,
      webSocketImpl: WebSocket,
      lazy: false,
      retryAttempts: 0,
      ...(token && { connectionParams: { authorization: `Bearer ${token}` } }),
      onNonLazyError: () => undefined,
    })
    const end = () => {
      this.isOver = true
      this.wake()
    }
    this.client.subscribe<Data>(
      { query, ...(variables && { variables }) },
      {
        next: ({ data, errors }) => {
          if (errors) this.errors.push(...(errors as unknown as GraphqlFailure[]))
          else if (data) this.received.push(data)
          this.wake()
        },
        error: (error) => {
          if (Array.isArray(error)) this.errors.push(...(error as GraphqlFailure[]))
          else this.errors.push({ message: String(error), extensions: { code: 'SOCKET' } })
          end()
        },
        complete: end,
      },
    )
  }

  /** Waits until `enough` holds. @throws after ten seconds, with what was received */
  async until(enough: (received: readonly Data[]) => boolean): Promise<readonly Data[]> {
    const giveUpAt = Date.now() + 10_000
    while (!enough(this.received)) {
      const left = giveUpAt - Date.now()
      if (left <= 0 || this.isOver)
        throw new Error(
          `the subscription did not get there: ${JSON.stringify({ received: this.received, errors: this.errors })}`,
        )
      await this.next(left)
    }
    return this.received
  }

  /** The first error it meets. */
  async failure(): Promise<GraphqlFailure> {
    const giveUpAt = Date.now() + 10_000
    for (;;) {
      const [first] = this.errors
      if (first) return first
      if (this.isOver || Date.now() > giveUpAt) throw new Error('the subscription did not fail')
      await this.next(giveUpAt - Date.now())
    }
  }

  async close(): Promise<void> {
    await this.client.dispose()
  }

  private next(limit: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, limit)
      this.wake = () => {
        clearTimeout(timer)
        resolve()
      }
    })
  }
}
