import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { Webhook } from 'standardwebhooks'

/** What the endpoint does with a call instead of taking it. */
export type Behaviour =
  | { readonly status: number; readonly headers?: Readonly<Record<string, string>> }
  /** Never answers. */
  | 'hang'
  /** The connection ends without an answer. */
  | 'reset'
  /** 200, and a body without an end. */
  | 'endless'

export interface FactoryCall {
  readonly id: string
  readonly headers: IncomingHttpHeaders
  readonly body: string
  readonly type: string
  readonly timestamp: string
  // biome-ignore lint/suspicious/noExplicitAny: whatever it is told; tests say what they expect
  readonly data: any
}

/** The endpoint of a factory's own program, over real HTTP. */
export class FactorySimulator {
  readonly calls: FactoryCall[] = []
  /** Hears of each call before it is answered. */
  onCall: (call: FactoryCall) => void = () => undefined
  /** What the factory was given to verify calls with. */
  secret = ''
  private readonly planned: Behaviour[] = []
  private readonly server = createServer((request, response) => {
    this.answer(request, response).catch(() => request.socket.destroy())
  })

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/adtime`
  }

  /** On any free port unless told. */
  async start(port = 0): Promise<this> {
    await new Promise<void>((resolve) => this.server.listen(port, '127.0.0.1', resolve))
    return this
  }

  /** The next calls meet these, one each; those after them are taken. */
  next(...behaviours: readonly Behaviour[]): void {
    this.planned.push(...behaviours)
  }

  /** Calls about a subject, as they came. */
  about(orderId: string): FactoryCall[] {
    return this.calls.filter(({ data }) => data.orderId === orderId)
  }

  /** Whether `secret` signed the call a moment ago, as the factory's own program would find out. */
  verifies({ body, headers }: FactoryCall, secret = this.secret): boolean {
    try {
      new Webhook(secret).verify(body, headers as Record<string, string>)
      return true
    } catch {
      return false
    }
  }

  /** Whether `secret` signed it at all, however long ago. */
  isSignedBy({ id, body, headers }: FactoryCall, secret: string): boolean {
    const at = new Date(Number(headers['webhook-timestamp']) * 1_000)
    const signature = new Webhook(secret).sign(id, at, body)
    return String(headers['webhook-signature']).split(' ').includes(signature)
  }

  /** Ends the calls that hang. */
  hangUp(): void {
    this.server.closeAllConnections()
  }

  async close(): Promise<void> {
    this.server.closeAllConnections()
    await new Promise((resolve) => this.server.close(resolve))
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<unknown> {
    const body = await text(request)
    const { headers } = request
    const call = { id: String(headers['webhook-id']), headers, body, ...JSON.parse(body || '{}') }
    this.calls.push(call)
    this.onCall(call)
    const behaviour = this.planned.shift() ?? { status: 204 }
    if (behaviour === 'hang') return undefined
    if (behaviour === 'reset') return request.socket.destroy()
    if (behaviour !== 'endless') return response.writeHead(behaviour.status, behaviour.headers).end()
    response.writeHead(200)
    const timer = setInterval(() => response.write('x'.repeat(1_024)), 5)
    response.once('close', () => clearInterval(timer))
    return undefined
  }
}

export const startFactorySimulator = (): Promise<FactorySimulator> => new FactorySimulator().start()
