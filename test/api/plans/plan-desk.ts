import { afterAll, expect } from 'vitest'
import type { Payment, PlanSubscription } from '../../../src/generated/prisma/client.js'
import type { ProviderSimulator } from '../../simulators/provider-simulator.js'
import type { TestAccount } from '../../testkit/account.js'
import { openAccount } from '../../testkit/account.js'
import { startTestServer, type TestServer } from '../../testkit/server.js'
import { agePlan } from './age-plan.js'

export const SUBSCRIBE = /* GraphQL */ `
  mutation Subscribe($tier: PlanTier!, $provider: PaymentProvider, $key: String) {
    subscribeToPlan(tier: $tier, provider: $provider, idempotencyKey: $key) { id status purpose amount { amount } confirmationUrl }
  }`
export const CANCEL_PLAN = /* GraphQL */ `
  mutation CancelPlan { cancelPlan { status autoRenew currentPeriodEnd remainingGenerations plan { tier } } }`
const MY_PLAN = /* GraphQL */ `
  query PlanNow { me { planSubscription {
    id status autoRenew currentPeriodStart currentPeriodEnd remainingGenerations plan { tier }
  } } }`

export interface PlanView {
  readonly id: string
  readonly status: string
  readonly autoRenew: boolean
  readonly currentPeriodStart: string
  readonly currentPeriodEnd: string
  readonly remainingGenerations: number
  readonly plan: { readonly tier: string }
}

interface PlanDeskOptions {
  readonly simulator: ProviderSimulator
  /** Ends the address of its webhooks. */
  readonly slug: string
  /** What makes a server use it. */
  readonly env: Readonly<Record<string, string>>
}

/** A server whose default provider is simulated, and customers who buy plans from it. */
export async function openPlanDesk({ simulator, slug, env }: PlanDeskOptions) {
  const server: TestServer = await startTestServer({ env })
  simulator.deliveries.url = `${server.url}/webhooks/payments/${slug}`
  afterAll(async () => {
    await server.close()
    await simulator.close()
  })
  const { prisma } = server.platform.database
  const rowOf = ({ id: userId }: Pick<TestAccount, 'id'>): Promise<PlanSubscription> =>
    prisma.planSubscription.findUniqueOrThrow({ where: { userId } })
  const paymentsOf = ({ id: userId }: Pick<TestAccount, 'id'>): Promise<Payment[]> =>
    prisma.payment.findMany({ where: { userId }, orderBy: { id: 'asc' } })
  const see = async ({ client }: TestAccount): Promise<PlanView> =>
    (await client.get<{ me: { planSubscription: PlanView } }>(MY_PLAN)).me.planSubscription
  const subscribe = async ({ client }: TestAccount, tier: string, more: object = {}) =>
    (await client.get<{ subscribeToPlan: { id: string; confirmationUrl: string } }>(SUBSCRIBE, { tier, ...more }))
      .subscribeToPlan
  const eventually = (check: () => Promise<void>) =>
    expect.poll(() => check().then(() => 'ok', String), { timeout: 30_000, interval: 40 }).toBe('ok')
  const settle = async (id: string, status = 'SUCCEEDED'): Promise<void> => {
    await simulator.deliveries.deliver()
    await eventually(async () =>
      expect((await prisma.payment.findUniqueOrThrow({ where: { id } })).status).toBe(status),
    )
  }
  const pay = async (id: string): Promise<void> => {
    const { providerPaymentId } = await prisma.payment.findUniqueOrThrow({ where: { id } })
    simulator.pay(providerPaymentId ?? '')
    await settle(id)
  }
  return {
    server,
    prisma,
    rowOf,
    paymentsOf,
    see,
    subscribe,
    settle,
    pay,
    eventually,
    open: () => openAccount(server),
    async buy(account: TestAccount, tier: string): Promise<string> {
      const { id } = await subscribe(account, tier)
      await pay(id)
      return id
    },
    age: ({ id }: TestAccount, days: number) => agePlan(prisma, id, days),
    /** The job by the clock, now. */
    keepPlans: () => prisma.$executeRaw`select graphile_worker.add_job('keep-plans', '{}'::json)`,
    letters: async ({ id }: TestAccount): Promise<{ subject: string | null; text: string }[]> => {
      const { email } = await prisma.user.findUniqueOrThrow({ where: { id } })
      return prisma.developmentMessage.findMany({
        where: { to: email ?? '', subject: { contains: 'ариф' } },
        orderBy: { sentAt: 'asc' },
      })
    },
  }
}
