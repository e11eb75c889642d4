import { expect } from 'vitest'
import { type FactorySimulator, startFactorySimulator } from '../../simulators/factory/factory-simulator.js'
import { openAccount, type TestAccount } from '../../testkit/account.js'
import { TestClient } from '../../testkit/client.js'
import type { TestServerOptions } from '../../testkit/server.js'
import { type OrderDesk, openOrderDesk } from '../orders/order-desk.js'

export const UPSERT = /* GraphQL */ `
  mutation UpsertFactory($id: UUID, $input: FactoryInput!) {
    upsertFactory(id: $id, input: $input) {
      id name location specializations capacity leadTimeDays serviceLevel isActive currentLoad rating
    }
  }`
export const ROTATE = /* GraphQL */ `
  mutation RotateWebhookSecret($factoryId: UUID!) { rotateFactoryWebhookSecret(factoryId: $factoryId) }`
const KEY = /* GraphQL */ `mutation KeyForCalls($factoryId: UUID!) { issueFactoryKey(factoryId: $factoryId) }`
const DELIVERY = '{ id direction provider eventId eventType status attempts error receivedAt processedAt }'
const LOG = `query CallLog { admin { webhookDeliveries(first: 50) { nodes ${DELIVERY} } } }`
export const RETRY = `
  mutation RetryCall($id: UUID!) { retryWebhookDelivery(id: $id) ${DELIVERY} }`

export interface Logged {
  readonly id: string
  readonly direction: string
  readonly provider: string
  readonly eventId: string
  readonly eventType: string
  readonly status: string
  readonly attempts: number
  readonly error: string | null
  readonly receivedAt: string
  readonly processedAt: string | null
}

export const factoryInput = {
  name: 'North Print',
  location: 'Tver',
  specializations: ['BANNER'],
  capacity: 100,
  leadTimeDays: 5,
  serviceLevel: 3,
  contactEmail: 'print@example.com',
}

export const soon = { timeout: 30_000, interval: 100 }

/** A factory with an endpoint of its own. */
export interface CalledFactory {
  readonly id: string
  readonly endpoint: FactorySimulator
  /** Its program, by API key. */
  readonly program: TestClient
}

/** A shop whose factories are called. */
export class CallDesk {
  constructor(
    readonly orders: OrderDesk,
    readonly admin: TestAccount,
  ) {}

  get prisma() {
    return this.orders.prisma
  }

  async upsert(input: Record<string, unknown>, id?: string): Promise<string> {
    const { upsertFactory } = await this.admin.client.get<{ upsertFactory: { id: string } }>(UPSERT, {
      id,
      input: { ...factoryInput, ...input },
    })
    return upsertFactory.id
  }

  async rotate(factoryId: string): Promise<string> {
    const answer = await this.admin.client.get<{ rotateFactoryWebhookSecret: string }>(ROTATE, { factoryId })
    return answer.rotateFactoryWebhookSecret
  }

  /** The only one that takes orders from now on. Close its endpoint. */
  async openFactory(): Promise<CalledFactory> {
    await this.orders.closeFactories()
    const endpoint = await startFactorySimulator()
    const id = await this.upsert({ webhookUrl: endpoint.url })
    endpoint.secret = await this.rotate(id)
    const { issueFactoryKey } = await this.admin.client.get<{ issueFactoryKey: string }>(KEY, { factoryId: id })
    return { id, endpoint, program: new TestClient(this.orders.server, issueFactoryKey) }
  }

  /** What came in and what went out, the latest first. */
  async wholeLog(): Promise<{ readonly nodes: readonly Logged[] }> {
    const { admin } = await this.admin.client.get<{ admin: { webhookDeliveries: { nodes: Logged[] } } }>(LOG)
    return admin.webhookDeliveries
  }

  /** Calls to a factory, the latest first. */
  async log(factoryId: string): Promise<Logged[]> {
    const { nodes } = await this.wholeLog()
    return nodes.filter(({ direction, provider }) => direction === 'OUT' && provider === factoryId)
  }

  /** The call about the latest change, once it is as expected. */
  async until(factoryId: string, expected: Partial<Logged>): Promise<Logged> {
    await expect.poll(async () => (await this.log(factoryId))[0], soon).toMatchObject(expected)
    return (await this.log(factoryId))[0] as Logged
  }

  /** Seconds until the next try of a call. */
  async wait(callId: string): Promise<number> {
    const [job] = await this.prisma.$queryRaw<{ wait: number }[]>`
      select extract(epoch from run_at - now())::float8 as wait from graphile_worker.jobs where key = ${`call-factory:${callId}`}`
    return job?.wait ?? Number.NaN
  }

  /** As if all calls were made, and all secrets replaced, so much earlier. Sessions go on. */
  async pass(hours: number): Promise<void> {
    await this.prisma.$executeRaw`
      update factory_calls set created_at = created_at - make_interval(hours => ${hours}::int),
        tries_until = tries_until - make_interval(hours => ${hours}::int)`
    await this.prisma.$executeRaw`
      update factory_webhook_secrets set expires_at = expires_at - make_interval(hours => ${hours}::int)`
  }

  /** Every waiting try is made now. */
  async hurry(): Promise<void> {
    await this.prisma.factory.updateMany({ data: { callsPausedUntil: null } })
    await this.prisma.$executeRaw`
      update graphile_worker._private_jobs set run_at = now() where locked_at is null and run_at > now()`
  }
}

export async function openCallDesk({ env, ...options }: TestServerOptions = {}): Promise<CallDesk> {
  const orders = await openOrderDesk({
    ...options,
    env: { PRIVATE_WEBHOOK_URLS: 'allow', RATE_LIMIT_COST: '99999999', ...env },
  })
  return new CallDesk(orders, await openAccount(orders.server, 'ADMIN'))
}
