// What the benchmark uses of autocannon, which brings no types.
declare module 'autocannon' {
  export interface Request {
    readonly method: 'GET' | 'POST'
    readonly path: string
    readonly headers: Readonly<Record<string, string>>
    readonly body?: string
  }
  export interface Client {
    setRequests(requests: Request[]): void
  }
  export interface Options {
    readonly url: string
    readonly connections: number
    /** Seconds. */
    readonly duration: number
    readonly setupClient: (client: Client) => void
    readonly verifyBody: (body: string) => boolean
  }
  export interface Result {
    readonly '2xx': number
    readonly non2xx: number
    readonly errors: number
    readonly timeouts: number
    readonly mismatches: number
    /** Seconds that it really took. */
    readonly duration: number
    readonly latency: { readonly p50: number; readonly p99: number }
  }
  export interface Run extends PromiseLike<Result> {
    stop(): void
  }
  export default function autocannon(options: Options): Run
}
