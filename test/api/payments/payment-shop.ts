import { randomBytes } from 'node:crypto'
import { afterAll, expect } from 'vitest'
import { buildAppSchema, resolverInstances } from '../../../src/app/schema.js'
import type { Order, Payment } from '../../../src/generated/prisma/client.js'
import { type Clock, systemClock } from '../../../src/kernel/clock.js'
import { CursorCodec } from '../../../src/kernel/cursor.js'
import { newId } from '../../../src/kernel/ids.js'
import { money } from '../../../src/kernel/money.js'
import type { Authenticated, SignedInViewer } from '../../../src/kernel/viewer.js'
import { visitor } from '../../../src/kernel/viewer.js'
import {
  checkLedger,
  createPaymentsRoom,
  type PaymentRequest,
  type Payments,
} from '../../../src/modules/payments/index.js'
import { createUsersRoom } from '../../../src/modules/users/index.js'
import { type Config, configFrom } from '../../../src/platform/config/config.js'
import { readEnvironment } from '../../../src/platform/config/environment.js'
import type { Secrets } from '../../../src/platform/config/secrets.js'
import { openDatabase } from '../../../src/platform/database/database.js'
import { freePort } from '../../../src/platform/database/free-port.js'
import { inTransaction, type Transaction } from '../../../src/platform/database/transaction.js'
import { ResolverContainer } from '../../../src/platform/graphql/context.js'
import { registerGraphql } from '../../../src/platform/graphql/graphql-routes.js'
import { createHttpServer } from '../../../src/platform/http/http-server.js'
import type { JobHandler } from '../../../src/platform/jobs/job-handler.js'
import { runJobs } from '../../../src/platform/jobs/job-runner.js'
import { RateLimits } from '../../../src/platform/limits/rate-limits.js'
import { createLogger } from '../../../src/platform/observability/logger.js'
import type { Platform } from '../../../src/platform/platform.js'
import { TestClient } from '../../testkit/client.js'
import { createTestDatabase } from '../../testkit/database.js'
import { AccountProbe } from './account-probe.js'
import { OrderSeller } from './order-seller.js'

export interface PaymentShop {
  readonly url: string
  readonly platform: Platform
  readonly payments: Payments
  readonly seller: OrderSeller
  readonly jobs: Readonly<Record<string, JobHandler>>
  /** A customer, or staff. */
  openAccount(role?: SignedInViewer['role']): Promise<SignedInViewer>
  clientOf(viewer: SignedInViewer): TestClient
  /** An unpaid order of this many kopecks. */
  placeOrder(customer: SignedInViewer, total?: bigint): Promise<Order>
  pay(customer: SignedInViewer, order: Order, more?: Partial<PaymentRequest>): Promise<Payment>
  payment(id: string): Promise<Payment>
  /** What a customer can pay with. */
  balanceOf(customer: SignedInViewer): Promise<bigint>
  /** The kind and amount of every change of a customer's balance, oldest first. */
  linesOf(customer: SignedInViewer): Promise<[string, bigint][]>
  transact<Result>(work: (tx: Transaction) => Promise<Result>): Promise<Result>
  /** Waits until a payment or anything else is as expected. @throws after ten seconds with the last failure */
  eventually(check: () => Promise<void>): Promise<void>
}

interface ShopOptions {
  readonly clock?: Clock
  /** Without it jobs stay in the queue, for tests that run their handlers themselves. */
  readonly withWorker?: boolean
  readonly env?: Readonly<Record<string, string>>
  /** What the environment cannot say. */
  readonly adjust?: (config: Config) => Config
}

/**
 * A server of accounts and payments with a seller of orders that is as simple as it can be: what payments promise to any
 * room that sells something, apart from what orders make of it.
 */
export async function openPaymentShop({
  clock = systemClock,
  withWorker = true,
  env = {},
  adjust = (config) => config,
}: ShopOptions = {}): Promise<PaymentShop> {
  const port = await freePort()
  const config = adjust(configFrom(readEnvironment({ NODE_ENV: 'test', PORT: String(port), SEED: 'none', ...env })))
  const log = createLogger(process.env.TEST_LOG ?? 'silent')
  const database = openDatabase({ url: (await createTestDatabase()).url, maxConnections: 20 })
  const secrets = { cursorKey: randomBytes(32), sandboxWebhookKey: randomBytes(32) } as unknown as Secrets
  const cursors = new CursorCodec(secrets.cursorKey)
  const platform = { config, secrets, database, clock, log, cursors } as Omit<Platform, 'streams'> as Platform
  const url = `http://127.0.0.1:${port}`
  const payments = createPaymentsRoom(platform, { webhookBase: () => url })
  const seller = new OrderSeller()
  payments.payments.handle('ORDER', seller)
  const rooms = [createUsersRoom(platform), payments, { resolvers: [new AccountProbe(database)] }]

  const viewers = new Map<string, SignedInViewer>()
  const authenticate = async (authorization: string | undefined): Promise<Authenticated> => ({
    viewer: viewers.get(authorization?.replace('Bearer ', '') ?? '') ?? visitor,
    expiresAt: null,
  })
  const http = await createHttpServer({ ...config, log })
  const container = new ResolverContainer(resolverInstances(rooms))
  const watchSession = async () => ({ settled: async () => undefined, stop: () => undefined })
  await registerGraphql(http, {
    schema: buildAppSchema(rooms),
    config,
    log,
    clock,
    container,
    authenticate,
    watchSession,
    limits: new RateLimits(null),
  })
  payments.routes?.(http)
  await http.listen({ port, host: '127.0.0.1' })
  const jobs = payments.jobs ?? {}
  const worker = withWorker ? await runJobs(database.pool, { handlers: jobs, crontab: [] }, log, 8) : null
  afterAll(async () => {
    await Promise.all([http.close(), worker?.stop()])
    await payments.close?.()
    try {
      // Whatever a file's tests did to each other: its books are sound.
      expect(await checkLedger(database.pool)).toBeNull()
    } finally {
      await database.close()
    }
  })

  const { prisma } = database
  const linesOf = async ({ userId }: SignedInViewer): Promise<[string, bigint][]> => {
    const lines = await prisma.ledgerLine.findMany({
      where: { account: { kind: 'CUSTOMER_BALANCE', ownerId: userId } },
      orderBy: { id: 'asc' },
      select: { amount: true, transaction: { select: { kind: true } } },
    })
    return lines.map(({ amount, transaction }) => [transaction.kind, amount])
  }
  return {
    url,
    platform,
    payments: payments.payments,
    seller,
    jobs,
    async openAccount(role = 'USER') {
      const id = newId()
      await prisma.user.create({
        data: { id, email: `${id}@example.test`, displayName: 'Test', role, createdAt: clock.now() },
      })
      const viewer: SignedInViewer = {
        kind: 'user',
        userId: id,
        sessionId: newId(),
        role,
        isGuest: false,
        isMachine: false,
        needsSecondFactor: false,
        factoryId: null,
      }
      viewers.set(id, viewer)
      return viewer
    },
    clientOf: ({ userId }) => new TestClient({ url }, userId),
    placeOrder: ({ userId }, total = 220_000n) =>
      prisma.order.create({
        data: {
          id: newId(),
          number: `AT-TEST-${newId()}`,
          customerId: userId,
          subtotalAmount: total,
          rushFeeAmount: 0n,
          totalAmount: total,
          createdAt: clock.now(),
          updatedAt: clock.now(),
        },
      }),
    async pay(customer, order, more = {}) {
      const request = {
        purpose: 'ORDER',
        referenceId: order.id,
        amount: money(order.totalAmount),
        description: `Order ${order.number}`,
      } as const
      const id = await payments.payments.start(customer, { ...request, operation: 'payOrder', ...more })
      return prisma.payment.findUniqueOrThrow({ where: { id } })
    },
    payment: (id) => prisma.payment.findUniqueOrThrow({ where: { id } }),
    balanceOf: async (customer) => (await linesOf(customer)).reduce((sum, [, amount]) => sum + amount, 0n),
    linesOf,
    transact: (work) => inTransaction(database, work),
    async eventually(check) {
      const giveUpAt = Date.now() + 10_000
      for (;;) {
        try {
          return await check()
        } catch (error) {
          if (Date.now() > giveUpAt) throw error
          await new Promise((resolve) => setTimeout(resolve, 20))
        }
      }
    },
  }
}
