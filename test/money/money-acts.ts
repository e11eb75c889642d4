import { setTimeout as sleep } from 'node:timers/promises'
import { newId } from '../../src/kernel/ids.js'
import { CANCEL, COMPLETE, SHIP } from '../api/orders/operations.js'
import { type Answered, deposit, pay, subscribe, visitSome } from './money-customers.js'
import { passTime } from './money-peace.js'
import type { Scene, SceneOrder } from './money-scene.js'
import type { Step } from './money-steps.js'
import type { MoneyWorld } from './money-world.js'

const CANCEL_PAYMENT = /* GraphQL */ `mutation MoneyCancelPayment($id: UUID!) { cancelPayment(id: $id) { id status } }`
const REFUND = /* GraphQL */ `
  mutation MoneyRefund($id: UUID!, $amount: SafeInt, $idempotencyKey: String) {
    refundPayment(id: $id, amount: $amount, idempotencyKey: $idempotencyKey) { id }
  }`
export const CANCEL_PLAN = /* GraphQL */ `mutation MoneyCancelPlan { cancelPlan { status } }`

/** What each step does. A refusal is an answer like any other: what counts is how everything stands in the end. */
export async function act(world: MoneyWorld, scene: Scene, step: Step): Promise<void> {
  const order = scene.orders[step.order % scene.orders.length] as SceneOrder
  const answered = people(world, order, step)
  if (answered) return note(scene, step, answered)
  if (step.act === 'crash') scene.hasCrashed = true
  return surroundings(world, order, step)
}

async function note({ failures }: Scene, step: Step, asked: Answered): Promise<void> {
  // No answer at all is one of a process that was killed.
  const { errors } = await asked.catch((error: unknown) => ({
    errors: [{ extensions: { code: 'NONE' }, message: String(error) }],
  }))
  for (const { extensions, message } of errors)
    if (/^(INTERNAL|NONE)/.test(extensions.code)) failures.push(`${step.act}: ${extensions.code} ${message}`)
}

/** What somebody asks of the server, and is answered. */
function people(world: MoneyWorld, order: SceneOrder, step: Step): Answered | null {
  const { id, customer } = order
  const { client: staff } = world.manager
  switch (step.act) {
    case 'pay':
      return pay(order, step)
    case 'deposit':
      return deposit(world, order, step)
    case 'subscribe':
      return subscribe(order, step)
    case 'cancelPlan':
      return customer.client.ask(CANCEL_PLAN)
    case 'cancelPayment':
      return cancelPayment(world, order, step)
    case 'cancelOrder': {
      if (step.by === 'customer') return customer.client.ask(CANCEL, { id, reason: 'By chance' })
      const refundAmount = step.part > 0 ? step.part * 1_000 : null
      order.chosen.push(refundAmount)
      return staff.ask(CANCEL, { id, refundAmount, reason: 'By chance' })
    }
    case 'refund':
      return refund(world, order, step)
    case 'ship':
      return staff.ask(SHIP, { orderId: id })
    case 'complete':
      return customer.client.ask(COMPLETE, { id })
    default:
      return null
  }
}

/** What happens whether the server likes it or not. */
async function surroundings(world: MoneyWorld, order: SceneOrder, step: Step): Promise<void> {
  const { simulators } = world
  switch (step.act) {
    case 'visit':
      return visitSome(world, order, step)
    case 'deliver':
      return void (await simulators[step.from].deliveries.deliver({ order: step.how, copies: step.copies }))
    case 'deliverAgain':
      return void (await simulators[step.from].deliveries.deliverAgain({ order: 'shuffled' }))
    case 'lose':
      return simulators[step.from].deliveries.lose()
    case 'fault':
      return simulators[step.at].faults.next(step.fault, { on: step.on, times: step.times })
    case 'slowRefunds':
      if (step.at === 'STRIPE') return simulators.STRIPE.refunds.beginNext('pending')
      simulators.YOOKASSA.refunds.outcome = 'pending'
      return
    case 'time':
      return passTime(world, step.minutes * 60_000)
    case 'reconcile':
      return passTime(world, 0)
    case 'crash':
      await sleep(step.afterMs)
      return step.what === 'process' ? world.kill() : world.cut(step.what)
    default:
      return
  }
}

const nothing: Answered = Promise.resolve({ status: 200, data: null, errors: [] })

async function cancelPayment(
  { database: { prisma } }: MoneyWorld,
  { id, customer }: SceneOrder,
  { which }: Step & { act: 'cancelPayment' },
): Answered {
  const rows = await prisma.payment.findMany({ where: { referenceId: id }, orderBy: { id: 'desc' } })
  const row = rows[which % (rows.length || 1)]
  return row ? customer.client.ask(CANCEL_PAYMENT, { id: row.id }) : nothing
}

async function refund(
  { database: { prisma }, manager }: MoneyWorld,
  { id, customer, refundKeys }: SceneOrder,
  { part, isDeposit, again }: Step & { act: 'refund' },
): Answered {
  const which = isDeposit ? { purpose: 'DEPOSIT' as const, userId: customer.id } : { referenceId: id }
  const paid = await prisma.payment.findFirst({ where: { ...which, paidAt: { not: null } }, orderBy: { id: 'desc' } })
  if (!paid) return nothing
  const idempotencyKey = (again && !isDeposit && refundKeys.at(-1)) || newId()
  if (!isDeposit) refundKeys.push(idempotencyKey)
  return manager.client.ask(REFUND, { id: paid.id, amount: part > 0 ? part * 1_000 : null, idempotencyKey })
}
