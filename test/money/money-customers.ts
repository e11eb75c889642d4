import { newId } from '../../src/kernel/ids.js'
import type { GraphqlAnswer } from '../testkit/client.js'
import type { SceneOrder } from './money-scene.js'
import type { Outside, Step } from './money-steps.js'
import { HOLD_URL, type MoneyWorld } from './money-world.js'

const PAY = /* GraphQL */ `
  mutation MoneyPay($input: PayOrderInput!) { payOrder(input: $input) { id status confirmationUrl } }`
const DEPOSIT = /* GraphQL */ `
  mutation MoneyDeposit($input: DepositInput!) { deposit(input: $input) { id } }`
const SUBSCRIBE = /* GraphQL */ `
  mutation MoneySubscribe($tier: PlanTier!, $provider: PaymentProvider) {
    subscribeToPlan(tier: $tier, provider: $provider) { id }
  }`

interface Page {
  readonly provider: Outside | 'SANDBOX'
  readonly providerPaymentId: string
  readonly confirmationUrl: string
}

export type Answered = Promise<GraphqlAnswer<unknown>>

export function pay({ id, customer, keys }: SceneOrder, { provider, hold, key }: Step & { act: 'pay' }): Answered {
  const idempotencyKey = keys.at(-key || keys.length) ?? newId()
  if (!keys.includes(idempotencyKey)) keys.push(idempotencyKey)
  const input = { orderId: id, provider, idempotencyKey, ...(hold && { returnUrl: HOLD_URL }) }
  return customer.client.ask(PAY, { input })
}

export function subscribe({ customer }: SceneOrder, { tier, provider }: Step & { act: 'subscribe' }): Answered {
  return customer.client.ask(SUBSCRIBE, { tier, provider })
}

export async function deposit(
  world: MoneyWorld,
  { customer }: SceneOrder,
  { provider, thousands }: Step & { act: 'deposit' },
): Answered {
  const input = { provider, amount: thousands * 100_000 }
  const answer = await customer.client.ask<{ deposit: { id: string } }>(DEPOSIT, { input })
  const id = answer.data?.deposit?.id
  const pages = await pagesOf(world, customer.id, id)
  if (pages[0]) await visit(world, pages[0], { outcome: 'pay', copies: 1 })
  return answer
}

/** Customers pay where they have seen a page, also at one of an attempt that we have given up. */
export async function visitSome(
  world: MoneyWorld,
  { customer }: SceneOrder,
  step: Step & { act: 'visit' },
): Promise<void> {
  const pages = await pagesOf(world, customer.id)
  const page = pages[step.page % (pages.length || 1)]
  if (page) await visit(world, page, step)
}

async function pagesOf({ database: { pool } }: MoneyWorld, customerId: string, id: string | null = null) {
  const { rows } = await pool.query<Page>(
    `select provider, provider_payment_id as "providerPaymentId", confirmation_url as "confirmationUrl"
     from payments where user_id = $1 and confirmation_url is not null and ($2::uuid is null or id = $2)
     order by status = 'PENDING' desc, id desc`,
    [customerId, id],
  )
  return rows
}

async function visit(
  { simulators }: MoneyWorld,
  { provider, providerPaymentId, confirmationUrl }: Page,
  { outcome, copies }: Pick<Step & { act: 'visit' }, 'outcome' | 'copies'>,
): Promise<void> {
  if (provider === 'SANDBOX') {
    const form = new URLSearchParams({ action: outcome === 'expire' ? 'later' : outcome, copies: String(copies) })
    await fetch(confirmationUrl, { method: 'POST', body: form })
      .then((answer) => answer.text())
      .catch(() => undefined)
    return
  }
  try {
    simulators[provider][outcome](providerPaymentId)
  } catch {
    // Nobody can pay there any more, as the page tells its customer.
  }
}
